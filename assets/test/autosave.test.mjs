import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { retryDelayMs, verdict } = await load("desk/retry");
const { decodeDraft, draftKey, encodeDraft, sameFields } = await load("desk/drafts");

test("an answer to an autosave has one meaning", () => {
  const cases = [
    [200, "saved"], [204, "saved"], [401, "expired"], [409, "conflict"], [412, "conflict"], [0, "retry"], [408, "retry"],
    [429, "retry"], [500, "retry"], [503, "retry"], [400, "refused"], [403, "refused"], [413, "refused"], [422, "refused"],
  ];
  for (const [status, meaning] of cases) assert.equal(verdict(status, false), meaning, String(status));
  assert.equal(verdict(0, true), "expired", "a redirect leads to the sign-in page");
});

test("waiting doubles up to a minute", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6, 99].map(retryDelayMs), [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
});

test("a draft survives being stored, and nothing else passes for one", () => {
  const draft = { atMs: 1000, fields: [["title", "Kế hoạch"], ["channel", "a"], ["channel", "b"]] };
  assert.deepEqual(decodeDraft(encodeDraft(draft), 2000), draft);
  for (const text of [null, "", "{", "[]", "{}", '{"atMs":1,"fields":[["a"]]}', '{"atMs":1,"fields":[["a",1]]}', '{"atMs":"1","fields":[]}']) {
    assert.equal(decodeDraft(text, 2000), undefined, String(text));
  }
});

test("a draft nobody came back for is dropped after two weeks", () => {
  const text = encodeDraft({ atMs: 0, fields: [] });
  const day = 24 * 3600 * 1000;
  assert.ok(decodeDraft(text, 13 * day));
  assert.equal(decodeDraft(text, 14 * day), undefined);
});

test("drafts of two people at one machine are apart", () => {
  assert.notEqual(draftKey("an", "article-1"), draftKey("binh", "article-1"));
});

test("the revision is not something a person wrote", () => {
  const one = [["title", "a"], ["revision", "r1"]];
  const other = [["title", "a"], ["revision", "r2"]];
  assert.ok(sameFields(one, other, ["revision"]));
  assert.ok(!sameFields(one, other));
  assert.ok(!sameFields(one, [["title", "b"], ["revision", "r1"]], ["revision"]));
});
