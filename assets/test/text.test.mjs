import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { fold, matches } = await load("shared/fold");
const { readViews } = await load("portal/views");
const { nextPlace } = await load("editor/roving");
const { readUpload } = await load("editor/upload");

test("folding takes marks and case away, đ too, composed or not", () => {
  assert.equal(fold("Đường  dây NÓNG"), "duong day nong");
  assert.equal(fold("Đường dây nóng".normalize("NFD")), "duong day nong");
  assert.equal(fold("ỂẶỖ"), "eao");
});

test("a list is found with or without marks, in any order of words", () => {
  const text = "Công khai đường dây nóng";
  for (const query of ["", "duong day", "ĐƯỜNG", "nong cong", "đươ"]) assert.ok(matches(text, query), query);
  for (const query of ["hồ sơ", "duongday"]) assert.ok(!matches(text, query), query);
});

test("a count of views is read only from an answer that is one", () => {
  assert.deepEqual(readViews({ views: 1204, text: "1.204", more: 1 }), { views: 1204, text: "1.204" });
  for (const answer of [null, 3, "3", {}, { views: "3", text: "3" }, { views: 3 }]) assert.equal(readViews(answer), undefined);
});

test("arrows go round the toolbar, Home and End to its ends", () => {
  assert.equal(nextPlace("ArrowRight", 4, 5), 0);
  assert.equal(nextPlace("ArrowLeft", 0, 5), 4);
  assert.equal(nextPlace("Home", 3, 5), 0);
  assert.equal(nextPlace("End", 0, 5), 4);
  assert.equal(nextPlace("Tab", 0, 5), undefined);
  assert.equal(nextPlace("End", 0, 0), undefined);
});

test("an upload is a hash or a reason", () => {
  const file = "0f".repeat(32);
  assert.deepEqual(readUpload(true, { file, url: `/tep/${file}` }), { file });
  assert.deepEqual(readUpload(true, { file: "../etc" }), { refusal: undefined });
  assert.deepEqual(readUpload(false, { title: "Tệp quá lớn", detail: "Ảnh tối đa 20 MB." }), { refusal: "Ảnh tối đa 20 MB." });
  assert.deepEqual(readUpload(false, { file, title: "Không nhận" }), { refusal: "Không nhận" });
  assert.deepEqual(readUpload(false, undefined), { refusal: undefined });
});
