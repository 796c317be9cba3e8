// The year's report makes itself; the officer takes it along as files, with the evidence.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { go, told } from "../lib/story.mjs";
import { TITLE } from "./newsroom.mjs";

/** Setting a PDF takes its time in a build for tests. */
const MAKING_MS = 180_000;

export function report(story) {
  test("the officer makes the report of the year, and what was published is in it", async () => {
    const page = await story.at("officer");
    await go(page, "Báo cáo");
    await story.see(page, "officer", "reports");
    await page.getByRole("button", { name: "Lập báo cáo năm 2023" }).first().click();
    await told(page, "Đã lập báo cáo và chốt số liệu.");
    const paper = page.getByRole("article");
    await paper.getByRole("heading", { name: "Kết quả theo nhiệm vụ" }).waitFor();
    await paper.getByText(TITLE).first().waitFor();
    await story.see(page, "officer", "report");
  });

  test("it comes as DOCX, PDF and JSON", async () => {
    const page = await story.at("officer");
    const docx = await saved(page, page.getByRole("link", { name: "Tải DOCX" }));
    assert.match(docx.name, /\.docx$/);
    assert.equal(docx.bytes.subarray(0, 4).toString("latin1"), "PK\x03\x04");
    assert.ok(docx.bytes.includes("word/document.xml"));
    const pdf = await saved(page, page.getByRole("link", { name: "Tải PDF" }));
    assert.match(pdf.name, /\.pdf$/);
    assert.match(pdf.bytes.subarray(0, 8).toString("latin1"), /^%PDF-\d\.\d/);
    assert.match(pdf.bytes.subarray(-8).toString("latin1"), /%%EOF/);
    for (const { name, bytes } of [docx, pdf]) assert.ok(bytes.length > 8_000 && bytes.length < 5_000_000, `${name} has ${bytes.length} bytes`);
    const json = await saved(page, page.getByRole("link", { name: "Tải số liệu (JSON)" }));
    assert.ok(JSON.stringify(JSON.parse(json.bytes.toString("utf8"))).includes(TITLE));
  });

  test("the evidence comes as one pack", async () => {
    const page = await story.at("officer");
    const pack = await saved(page, page.getByRole("button", { name: "Tải gói minh chứng (ZIP)" }));
    assert.match(pack.name, /\.zip$/);
    for (const part of ["manifest.json", "checkpoint", "README.txt", "report.pdf", "report.docx", "report.xlsx"]) assert.ok(pack.bytes.includes(part), part);
    story.pack = pack;
  });

  test("the appraiser reads the report and may not make one", async () => {
    const page = await story.at("appraiser");
    await go(page, "Báo cáo");
    assert.equal(await page.getByRole("button", { name: /^Lập báo cáo/ }).count(), 0);
    await story.see(page, "appraiser", "reports");
    await page.getByRole("link", { name: /^Lập / }).first().click();
    await page.getByRole("button", { name: "Tải gói minh chứng (ZIP)" }).waitFor();
  });
}

async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: MAKING_MS }), press.click({ timeout: MAKING_MS })]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
