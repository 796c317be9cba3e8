// Colours: contrast of every pair in use, both schemes (WCAG 2.2: 1.4.3 text 4.5, 1.4.11 controls 3), and one place for them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "./load.mjs";

const tokens = readFileSync(join(root, "styles/_tokens.scss"), "utf8");

function colours(text) {
  return Object.fromEntries([...text.matchAll(/(--[\w-]+): (#[0-9a-f]{3,6});/g)].map(([, name, value]) => [name, value]));
}
const mixin = (name) => new RegExp(`@mixin ${name} \\{([\\s\\S]*?)\\n\\}`).exec(tokens)[1];
const common = colours(/:root \{([\s\S]*?)\n\}/.exec(tokens)[1]);
const schemes = { light: { ...colours(mixin("light")), ...common }, dark: { ...colours(mixin("dark")), ...common } };

function luminance(hex) {
  const full = hex.length === 4 ? [...hex.slice(1)].map((c) => c + c).join("") : hex.slice(1);
  const [r, g, b] = [0, 2, 4].map((at) => Number.parseInt(full.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ["--paper", "--surface", "--sunken"];
const TEXT = [
  ...GROUNDS.flatMap((ground) => ["--ink", "--ink-soft", "--link", "--brand", "--bad"].map((ink) => [ink, ground])),
  ["--link-visited", "--paper"], ["--link-visited", "--surface"], ["--ink", "--mark"], ["--ink-soft", "--mark"],
  ["--on-brand", "--brand"], ["--on-brand", "--link"], ["--brand", "--brand-soft"], ["--ink", "--brand-soft"], ["--link", "--brand-soft"],
  ["--on-accent", "--accent"], ["--on-deep", "--brand-deep"], ["--on-deep-soft", "--brand-deep"],
  ...["ok", "warn", "bad", "info"].flatMap((tone) => ["--ink", `--${tone}`, "--link", "--ink-soft"].map((ink) => [ink, `--${tone}-soft`])),
];
const EDGES = [
  ...["--paper", "--surface"].flatMap((ground) => ["--edge", "--brand", "--ok", "--bad", "--ink"].map((edge) => [edge, ground])),
  ["--brand", "--track"], ["--ok", "--track"], ["--bad", "--track"], ["--ink", "--track"],
];

for (const [scheme, colour] of Object.entries(schemes)) {
  test(`text can be read in the ${scheme} scheme`, () => {
    for (const [ink, ground] of TEXT) {
      const found = contrast(colour[ink], colour[ground]);
      assert.ok(found >= 4.5, `${ink} on ${ground}: ${found.toFixed(2)}`);
    }
  });
  test(`controls and bars can be seen in the ${scheme} scheme`, () => {
    for (const [edge, ground] of EDGES) {
      const found = contrast(colour[edge], colour[ground]);
      assert.ok(found >= 3, `${edge} on ${ground}: ${found.toFixed(2)}`);
    }
  });
}

test("only the tokens and the sheet for paper name a colour", () => {
  for (const name of readdirSync(join(root, "styles")).filter((one) => !["_tokens.scss", "_print.scss"].includes(one))) {
    const text = readFileSync(join(root, "styles", name), "utf8").replace(/\/\/.*/g, "");
    assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b/i, name);
  }
});
