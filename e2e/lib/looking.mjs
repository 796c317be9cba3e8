// What every page is held to, at both widths: accessibility, no sideways scrolling, one heading, its language; and its picture.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { AxeBuilder } from "@axe-core/playwright";
import { NARROW, WIDE } from "./browser.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const OUTPUT = new URL("../output/", import.meta.url).pathname;
mkdirSync(OUTPUT, { recursive: true });

/** Looks at the page as it stands, wide and narrow; `name` is also the name of its two pictures. */
export async function look(page, name, lang = "vi") {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    const where = `${name} (${lang}, ${size.width} px, ${page.url()})`;
    await page.screenshot({ path: `${OUTPUT}${name}-${lang}-${size.width}.png`, fullPage: true, animations: "disabled" });
    assert.deepEqual(await shape(page), { lang, headings: 1, isTitled: true, overflow: 0, unnamed: [] }, where);
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    assert.deepEqual(violations.flatMap(readable), [], where);
  }
  await page.setViewportSize(WIDE);
}

function shape(page) {
  return page.evaluate(() => ({
    lang: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    isTitled: document.title.trim().length > 3,
    overflow: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
    // A key of the word list that nobody has given words looks like this.
    unnamed: [...document.body.innerText.matchAll(/(?:^|\s)((?:done|field|error|role|nav|plan|article|report|item|account|unit)-[a-z-]+)(?=\s|$)/g)].map((hit) => hit[1]),
  }));
}

function readable({ id, help, nodes }) {
  return nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 200)} ${node.any.map((check) => check.message).join(" ")}`);
}
