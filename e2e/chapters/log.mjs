// The log: what was done, its proof as a file, who witnesses it, and what a stranger checks on the portal.

import assert from "node:assert/strict";
import { test } from "node:test";
import { go } from "../lib/story.mjs";

/** The checkpoint that the page of the portal shows. */
async function newest(page) {
  await page.goto("/kiem-chung");
  return page.getByLabel("Mốc ký mới nhất", { exact: true }).inputValue();
}

export function log(story) {
  test("an administrator reads what was done, by whom, and takes the proof of it", async () => {
    const page = await story.at("administrator");
    await page.goto("/desk");
    await go(page, "Nhật ký");
    await page.getByText("Mốc ký mới nhất", { exact: true }).waitFor();
    await story.see(page, "administrator", "log");
    await page.getByLabel("Đối tượng").selectOption("plan");
    await page.getByRole("button", { name: "Lọc", exact: true }).click();
    await page.waitForURL(/kind=plan/);
    await page.getByRole("rowheader").getByRole("link", { name: /^Kế hoạch: / }).first().click();
    await page.getByRole("heading", { level: 1, name: /^Kế hoạch: / }).waitFor();
    await story.see(page, "administrator", "log-entry");
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Tải bằng chứng" }).click()]);
    assert.match(file.suggestedFilename(), /^proof-\d+\.json$/);
    assert.ok(!(await page.content()).includes("sealed/1:"), "a name that should be read is shown sealed");
  });

  test("a witness is entered with every mistake told, and a wrong key of our own is refused", async () => {
    const page = await story.at("administrator");
    await page.goto("/desk/log/witnesses");
    await page.getByLabel("Địa chỉ").fill("ftp://snv.example.gov.vn");
    await page.getByLabel("Khóa chứng kiến", { exact: false }).first().fill("không phải khóa");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Thêm bên chứng kiến" }).click();
    await page.locator("#url-error").waitFor();
    await page.locator("#key-error").waitFor();
    await story.see(page, "administrator", "witnesses");
  });

  test("the appraiser reads the log and a writer does not", async () => {
    const appraiser = await story.at("appraiser");
    await appraiser.goto("/desk/log");
    await appraiser.getByRole("heading", { level: 1, name: "Nhật ký" }).waitFor();
    const writer = await story.at("writer");
    const answer = await writer.request.get("/desk/log");
    assert.equal(answer.status(), 403);
  });

  test("a stranger pastes the checkpoint of a report and reads that the log still holds it", async () => {
    const { page } = await story.window();
    const note = await newest(page);
    assert.match(note, /^loa\.log\/stp-demo\n\d+\n/);
    await page.getByLabel("Mốc ký in trên báo cáo").fill(note);
    await page.getByRole("button", { name: "Kiểm chứng" }).click();
    await page.getByText("nhật ký vẫn giữ nguyên").waitFor();
    await story.look(page, "check-holds");
    const changed = note.replace(/\n(\d+)\n/, (_, n) => `\n${Number(n) + 1}\n`);
    await page.getByLabel("Mốc ký in trên báo cáo").fill(changed);
    await page.getByRole("button", { name: "Kiểm chứng" }).click();
    await page.getByText("không phải do khóa của cơ quan ký").waitFor();
    const checkpoint = await page.request.get("/api/v1/log/checkpoint");
    assert.ok((await checkpoint.text()).startsWith("loa.log/stp-demo\n"));
    await page.goto("/kiem-chung");
    await story.peruse(page, "check");
  });
}
