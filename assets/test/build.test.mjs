import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./load.mjs";

const dist = join(root, "dist");
const read = (name) => readFileSync(join(dist, name), "utf8");

test("what is committed is what the sources make", () => {
  const folder = mkdtempSync(join(tmpdir(), "loa-assets-"));
  try {
    execFileSync(process.execPath, [join(root, "build.mjs"), folder]);
    assert.deepEqual(readdirSync(folder).sort(), readdirSync(dist).sort());
    for (const name of readdirSync(folder)) assert.ok(readFileSync(join(folder, name)).equals(readFileSync(join(dist, name))), name);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("no script evaluates text or carries a source map", () => {
  for (const name of ["portal.js", "desk.js", "editor.js"]) {
    assert.doesNotMatch(read(name), /\beval\(|new Function\(|sourceMappingURL|document\.write|insertAdjacentHTML/, name);
  }
  for (const name of ["portal.js", "desk.js"]) assert.doesNotMatch(read(name), /innerHTML|outerHTML|DOMParser/, name);
});

test("nothing is fetched from elsewhere", () => {
  for (const name of ["portal.css", "desk.css", "editor.css"]) assert.doesNotMatch(read(name), /url\(|@import|@font-face/, name);
});

test("the lock file names no download address", () => {
  assert.doesNotMatch(readFileSync(join(root, "package-lock.json"), "utf8"), /"resolved"|https?:\/\/(?!(?:www\.)?(?:github|opencollective|tidelift|patreon|feross|buymeacoffee|ko-fi|paypal))[^"]*\.tgz/);
});
