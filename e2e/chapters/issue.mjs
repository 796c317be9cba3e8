// The draft goes round the units, the director signs it, and from then on it is what was promised.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, refusedAt, told } from "../lib/story.mjs";
import { PICTURE } from "./newsroom.mjs";

const REMARK = "Hoạt động viết bài hướng dẫn nên xong trước 15/11 để kịp tổng kết.";

export function issue(story) {
  test("every unit is asked for its opinion, by a day that is not over", async () => {
    const page = await story.at("officer");
    await page.goto(`${story.plan}/life`);
    await story.see(page, "officer", "plan-life");
    await page.getByRole("link", { name: "Lấy ý kiến các đơn vị" }).click();
    await field(page, "Hạn trả lời").fill("01/12/2023");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Gửi lấy ý kiến" }).click();
    await refusedAt(page, ["deadline"]);
    await field(page, "Hạn trả lời").fill("20/12/2023");
    await field(page, "Lời nhắn gửi các đơn vị").fill("Đề nghị các phòng xem kỹ chỉ tiêu và thời gian.");
    await page.getByRole("button", { name: "Gửi lấy ý kiến" }).click();
    await told(page, "Đã gửi lấy ý kiến các đơn vị.");
  });

  test("the head answers for the unit, with remarks", async () => {
    const page = await story.at("head");
    await page.goto(`${story.plan}/opinions`);
    await story.see(page, "head", "plan-opinions");
    await page.getByRole("link", { name: "Văn phòng Sở" }).click();
    await page.getByRole("combobox", { name: /^Ý kiến/ }).selectOption({ label: "Thống nhất, có góp ý" });
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Gửi ý kiến" }).click();
    await refusedAt(page, ["text"]);
    await field(page, "Nội dung góp ý").fill(REMARK);
    await page.getByRole("button", { name: "Gửi ý kiến" }).click();
    await told(page, "Đã ghi ý kiến của đơn vị.");
    await story.see(page, "head", "plan-opinion");
  });

  test("the officer ends the round, answers the remark and lays the plan before the director", async () => {
    const page = await story.at("officer");
    await page.goto(`${story.plan}/opinions`);
    await page.getByText(REMARK).waitFor();
    await page.getByRole("button", { name: "Kết thúc lấy ý kiến" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Kết thúc lấy ý kiến" }).click();
    await told(page, "Đã kết thúc lấy ý kiến.");
    await page.goto(`${story.plan}/opinions`);
    await page.getByRole("link", { name: "Văn phòng Sở" }).click();
    await page.getByRole("combobox", { name: /^Xử lý góp ý/ }).selectOption({ label: "Tiếp thu" });
    await page.getByRole("button", { name: "Lưu cách xử lý" }).click();
    await told(page, "Đã lưu cách xử lý góp ý.");
    await page.goto(`${story.plan}/life`);
    await page.getByRole("button", { name: "Trình ký" }).click();
    await told(page, "Đã trình giám đốc.");
  });

  test("it is issued with its number, day, signer and signed copy, and is promised from then on", async () => {
    const page = await story.at("director");
    await page.goto(`${story.plan}/life`);
    await story.see(page, "director", "plan-submitted");
    await page.getByRole("link", { name: "Ban hành", exact: true }).click();
    await field(page, "Số, ký hiệu").fill("ba mươi lăm");
    await field(page, "Ngày ban hành").fill("12/12/2033");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Ban hành" }).click();
    await refusedAt(page, ["number", "day", "signer"]);
    await field(page, "Số, ký hiệu").fill("35/KH-STP");
    await field(page, "Ngày ban hành").fill("12/12/2023");
    await field(page, "Người ký").fill("Giám đốc Sở");
    await page.getByLabel("Bản ký").setInputFiles(PICTURE);
    await story.see(page, "director", "plan-issue");
    await page.getByRole("button", { name: "Ban hành" }).click();
    await told(page, "Đã ghi ban hành.");
    assert.match(await page.locator("main").innerText(), /35\/KH-STP[\s\S]*[0-9a-f]{64}/);
  });
}
