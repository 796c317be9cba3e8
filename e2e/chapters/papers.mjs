// The report as paper: its words, its figures two clicks from their sources, the check of its form, the superior's form.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { field, go, told } from "../lib/story.mjs";

/** Setting a PDF takes its time in a build for tests. */
const MAKING_MS = 180_000;

const MAKE = "Lập báo cáo 6 tháng đầu năm 2023";

/** The part of the page of reports about the first plan that has a half-year to report. */
function ofPlan(page) {
  return page.getByRole("region").filter({ has: page.getByRole("button", { name: MAKE }) }).first();
}

export function papers(story) {
  test("the officer types a figure with its evidence and sees the periods", async () => {
    const page = await story.at("officer");
    await go(page, "Báo cáo");
    await page.getByRole("link", { name: "Các kỳ báo cáo" }).click();
    await page.getByRole("rowheader", { name: "quý III năm 2023" }).waitFor();
    await story.see(page, "officer", "report-periods");
    await go(page, "Báo cáo");
    await ofPlan(page).getByRole("link", { name: "Số liệu nhập tay của kế hoạch này" }).click();
    await page.getByRole("combobox", { name: "Số liệu", exact: true }).selectOption("attendances");
    await field(page, "Của việc gì").fill("Hội nghị tập huấn quý II");
    await field(page, "Số lượng").fill("115");
    await field(page, "Ngày").fill("20/04/2023");
    await field(page, "Liên kết minh chứng").fill("https://stp.example.gov.vn/hoi-nghi");
    await page.getByRole("button", { name: "Lưu số liệu" }).click();
    await told(page, "Đã lưu số liệu cùng minh chứng.");
    await story.see(page, "officer", "report-statistics");
  });

  test("the half-year's report leads from each number to its list, and passes the check of Decree 30", async () => {
    const page = await story.at("officer");
    await go(page, "Báo cáo");
    await ofPlan(page).getByRole("button", { name: MAKE }).click();
    await told(page, "Đã lập báo cáo và chốt số liệu.");
    story.report = new URL(page.url()).pathname;
    await page.getByRole("link", { name: "Mọi số liệu của báo cáo" }).click();
    const typed = page.getByRole("row", { name: /Lượt người tham dự/ });
    await story.look(page, "debug"); await typed.getByText("Nhập tay").waitFor();
    await story.see(page, "officer", "report-figures");
    await page.getByRole("row", { name: /^Sản phẩm trong kỳ/ }).getByRole("link").click();
    await page.getByRole("heading", { name: "Danh sách phía sau" }).waitFor();
    await story.see(page, "officer", "report-figure");
    await page.goto(`${story.report}/check`);
    await page.getByText("Lề trái").first().waitFor({ timeout: MAKING_MS });
    assert.equal(await page.getByText("Sai", { exact: true }).count(), 0);
    await story.see(page, "officer", "report-check");
    await page.goto(`${story.report}/differences`);
    await page.getByText("Khớp: số liệu đúng như khi chốt").waitFor();
    await story.see(page, "officer", "report-differences");
  });

  test("words are edited as versions and the template is looked at before it is kept", async () => {
    const page = await story.at("officer");
    await page.goto(`${story.report}/words`);
    await field(page, "Số, ký hiệu văn bản").fill("07/BC-STP");
    await field(page, "Khó khăn, vướng mắc và nguyên nhân").fill("Cán bộ truyền thông của các phòng còn kiêm nhiệm.");
    await story.see(page, "officer", "report-words");
    await page.getByRole("button", { name: "Lưu bản mới" }).click();
    await told(page, "Đã lưu lời văn. Số liệu không đổi.");
    await page.getByRole("article").getByText("còn kiêm nhiệm").waitFor();
    await page.goto("/desk/reports/template");
    await page.getByRole("button", { name: "Xem trước" }).click();
    await page.getByRole("heading", { name: "Xem trước với báo cáo mới nhất" }).waitFor();
    await story.see(page, "officer", "report-template");
  });

  test("the superior's form is mapped once and comes back filled", async () => {
    const page = await story.at("officer");
    const form = await saved(page, async () => {
      await page.goto(story.report);
      await page.getByRole("link", { name: "Tải danh mục đầy đủ (Excel)" }).click();
    });
    await page.goto("/desk/reports/forms");
    await page.getByRole("combobox", { name: "Kỳ báo cáo", exact: true }).selectOption("H1");
    await page.getByLabel("Tệp Excel trống").setInputFiles({ name: "bieu-cap-tren.xlsx", mimeType: "application/octet-stream", buffer: form });
    await page.getByRole("button", { name: "Tải lên" }).click();
    await told(page, "Đã nhận biểu.");
    await field(page, "Ô 1").fill("L2");
    await page.getByRole("combobox", { name: "Số liệu 1", exact: true }).selectOption("items");
    await page.getByRole("button", { name: "Lưu", exact: true }).click();
    await told(page, "Đã lưu; biểu điền thử thành công.");
    await story.see(page, "officer", "report-form");
    await page.goto(story.report);
    const filled = await saved(page, () => page.getByRole("link", { name: /^Tải biểu đã điền/ }).click());
    assert.equal(filled.subarray(0, 2).toString("latin1"), "PK");
    assert.ok(filled.includes("xl/workbook.xml"));
  });
}

async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download", { timeout: MAKING_MS }), press()]);
  return readFile(await download.path());
}
