import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { readHref } = await load("editor/href");
const { countWords, EMPTY, isFileHash, readDocument } = await load("editor/content");
const { isOurs, tidyClipboard } = await load("editor/clipboard");

test("a link leads to the web, a mailbox, a telephone, or this site", () => {
  const good = {
    "https://dichvucong.gov.vn/a?b=c#d": "https://dichvucong.gov.vn/a?b=c#d",
    "dichvucong.gov.vn": "https://dichvucong.gov.vn",
    "  sotuphap.example.gov.vn/tin ": "https://sotuphap.example.gov.vn/tin",
    "tên-miền.vn": "https://tên-miền.vn",
    "stp@example.gov.vn": "mailto:stp@example.gov.vn",
    "mailto:stp@example.gov.vn?subject=a": "mailto:stp@example.gov.vn?subject=a",
    "tel:+842563822345": "tel:+842563822345",
    "/tin/ke-hoach-1": "/tin/ke-hoach-1",
    "#muc-2": "#muc-2",
  };
  for (const [typed, stored] of Object.entries(good)) assert.equal(readHref(typed), stored, typed);
});

test("a link leads nowhere else", () => {
  const bad = [
    "", " ", "javascript:alert(1)", "JAVASCRIPT:alert(1)", "java\nscript:alert(1)", "\u0001javascript:alert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "//evil.example", "/\\evil.example", "ftp://a.vn", "https://", "http:// a.vn", "mailto:x",
    "tel:abc", "hai từ", "kế hoạch", `https://a.vn/${"x".repeat(2000)}`,
  ];
  for (const typed of bad) assert.equal(readHref(typed), undefined, JSON.stringify(typed));
});

test("an empty field is an empty document, something else is not overwritten", () => {
  assert.deepEqual(readDocument(""), EMPTY);
  assert.deepEqual(readDocument('{"type":"doc","content":[]}'), EMPTY);
  const doc = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "ừ" }] }] };
  assert.deepEqual(readDocument(JSON.stringify(doc)), doc);
  for (const text of ["<p>x</p>", "null", "[]", '{"type":"paragraph"}', "{"]) assert.equal(readDocument(text), undefined, text);
});

test("words are what stands between spaces", () => {
  assert.equal(countWords("Kế hoạch số 152/QĐ-STP, năm 2023 – quý I"), 8);
  assert.equal(countWords("  \n "), 0);
});

test("a file is named by its hash and nothing else", () => {
  assert.ok(isFileHash("a0".repeat(32)));
  for (const value of [null, "", "A0".repeat(32), "a0".repeat(31), `${"a0".repeat(31)}/.`]) assert.ok(!isFileHash(value));
});

test("what a word processor adds is gone before anything is parsed", () => {
  const word = `<html xmlns:o="x"><head><style>p{color:red}</style><meta charset=utf-8></head><!--StartFragment-->
    <p class=MsoNormal style='mso-a:"b"'>Kế <b>hoạch</b><o:p>&nbsp;</o:p></p><![if !supportLists]>·<![endif]><!--EndFragment-->`;
  const tidy = tidyClipboard(word);
  assert.match(tidy, /<p class=MsoNormal >Kế <b>hoạch<\/b>/);
  assert.doesNotMatch(tidy, /style|mso-|<o:|<!|meta|color/);
});

test("handlers and styles are found wherever an attribute may stand", () => {
  const cases = [
    `<img src=x onerror="alert(1)">`, `<img src=x onerror=alert(1)>`, `<img/onerror='alert(1)'/src=x>`, `<p alt="x"style="a"onclick=b>`,
    `<p STYLE=a OnClick = "b">`, `<p title="a>b" onclick=c>`, `<p title='"' style="x">`,
  ];
  for (const html of cases) assert.doesNotMatch(tidyClipboard(html), /style|on[a-z]+\s*=/i, html);
});

test("text that only looks like an attribute stays", () => {
  assert.equal(tidyClipboard(`<p title="style = đẹp">một on="x" hai</p>`), `<p title="style = đẹp">một on="x" hai</p>`);
});

test("the false bold around a text from Google Docs is gone, the true one stays", () => {
  assert.equal(tidyClipboard(`<b style="font-weight:normal" id="docs-internal-guid-1"><p>a <b>đậm</b></p></b>`), "<p>a <b>đậm</b></p></b>");
});

test("text from an editor of ours is known", () => {
  assert.ok(isOurs(`<p data-pm-slice="1 1 []">a</p>`));
  assert.ok(!isOurs("<p>data-pm-slice</p>"));
});

test("a clipboard of half a megabyte of open brackets is read in a moment", () => {
  const parts = ["<", "<a ", "<b ", "<o:", "<!--", "<style>", "<svg ", '<a "', `<a "' `, "<meta "];
  for (const html of [...parts.map((part) => part.repeat(500_000 / part.length)), `<p ${"a=b ".repeat(100_000)}>`]) {
    const start = process.cpuUsage().user;
    tidyClipboard(html);
    const spentMs = (process.cpuUsage().user - start) / 1000;
    assert.ok(spentMs < 2000, `${html.slice(0, 8)}… took ${spentMs} ms of work`);
  }
});
