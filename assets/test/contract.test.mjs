// README.md is what the templates are written from: its samples must use what exists, and every attribute must be in it.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load, root } from "./load.mjs";

const read = (path) => readFileSync(join(root, path), "utf8");
const readme = read("README.md");
const samples = [...readme.matchAll(/```html\n<!-- sample: (\S+) -->\n([\s\S]*?)```/g)].map(([, name, html]) => ({ name, html }));
const sources = (folder) => readdirSync(join(root, folder)).flatMap((name) => {
  const path = join(folder, name);
  return statSync(join(root, path)).isDirectory() ? sources(path) : [path];
});

test("every class of the samples is styled", () => {
  const css = read("dist/portal.css") + read("dist/desk.css") + read("dist/editor.css");
  assert.ok(samples.length >= 15);
  for (const { name, html } of samples) {
    for (const [, list] of html.matchAll(/\sclass="([^"]*)"/g)) {
      for (const one of list.split(/\s+/)) assert.match(css, new RegExp(`\\.${one}(?![\\w-])`), `${name}: .${one}`);
    }
  }
});

test("every icon of the samples and the toolbar is in the sprite", () => {
  const sprite = read("dist/icons.svg");
  const named = samples.flatMap(({ html }) => [...html.matchAll(/icons\.svg#([\w-]+)/g)].map(([, name]) => name));
  const tools = [...read("src/editor/tools.ts").matchAll(/icon: "([\w-]+)"|mark\("\w+", "([\w-]+)"/g)].map((hit) => hit[1] ?? hit[2]);
  assert.ok(tools.length > 15);
  for (const name of [...named, ...tools, "pencil", "trash"]) assert.ok(sprite.includes(`id="${name}"`), name);
});

test("no sample needs an exception from the content security policy", () => {
  for (const { name, html } of samples) assert.doesNotMatch(html, /\sstyle=|\son[a-z]+=|javascript:/i, name);
});

test("every data attribute that a script reads is in the README", () => {
  for (const path of sources("src")) {
    const source = read(path);
    const attributes = [
      ...[...source.matchAll(/dataset\.(\w+)/g)].map(([, name]) => `data-${name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)}`),
      ...[...source.matchAll(/\[(data-[\w-]+)/g)].map(([, name]) => name),
    ];
    // `confirmed` is the script's own note on a button.
    for (const name of attributes.filter((one) => one !== "data-confirmed")) assert.ok(readme.includes(name), `${path}: ${name}`);
  }
});

test("the editor's words in the README are all of them and no more", async () => {
  const { readWords, WORD_KEYS } = await load("editor/words");
  const json = /data-editor-words>(\{[\s\S]*?\})<\/script>/.exec(readme)[1];
  assert.deepEqual(Object.keys(JSON.parse(json)).sort(), [...WORD_KEYS].sort());
  const missing = [];
  assert.equal(readWords('{"bold":"Đậm"}', (keys) => missing.push(...keys)).bold, "Đậm");
  assert.equal(missing.length, WORD_KEYS.length - 1);
});
