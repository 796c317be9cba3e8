// What every page is held to, at both widths: accessibility, no sideways scrolling, one heading, its language; and its picture.

import { mkdirSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { AxeBuilder } from "@axe-core/playwright";
import { NARROW, WIDE } from "./browser.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const OUTPUT = new URL("../output/", import.meta.url).pathname;
const AS_IT_SHOULD_BE = { headings: 1, isTitled: true, overflow: 0, unnamed: [] };
mkdirSync(OUTPUT, { recursive: true });

/** What did not hold, of all pages; the last chapter asks for it, so that one run shows everything. */
export const faults = [];

/** Looks at the page as it stands, wide and narrow; `name` is also the name of its two pictures. */
export async function look(page, name, lang = "vi") {
  for (const size of [WIDE, NARROW]) {
    await page.setViewportSize(size);
    const where = `${name} (${lang}, ${size.width} px, ${page.url()})`;
    await page.screenshot({ path: `${OUTPUT}${name}-${lang}-${size.width}.png`, fullPage: true, animations: "disabled" });
    const wanted = Object.entries({ ...AS_IT_SHOULD_BE, lang });
    const found = await shape(page);
    faults.push(...wanted.filter(([key, value]) => !isDeepStrictEqual(found[key], value)).map(([key]) => `${where}: ${key}: ${found[key]}`));
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const held = await Promise.all(violations.map((violation) => withoutInline(page, violation)));
    faults.push(...held.filter(({ nodes }) => nodes.length > 0).map((violation) => `${where}: ${readable(violation)}`));
  }
  await page.setViewportSize(WIDE);
}

/** A link in a sentence may be as small as its words (WCAG 2.5.8, inline); axe sees that only while all of it is in view. */
async function withoutInline(page, violation) {
  if (violation.id !== "target-size") return violation;
  const isInline = (link) => link.matches("a") && getComputedStyle(link).display === "inline" && Boolean(link.closest("p"));
  const inline = await Promise.all(violation.nodes.map(({ target }) => page.locator(target.at(-1)).evaluate(isInline)));
  return { ...violation, nodes: violation.nodes.filter((_, n) => !inline[n]) };
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
  const [first] = nodes;
  const why = [...first.any, ...first.all, ...first.none].map((check) => check.message).join(" ");
  return `${id} (${nodes.length} times): ${help}: ${first.html.slice(0, 200)} ${why}`;
}
