// The year goes on: the plan is amended in July, closed in December, and begins again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, told } from "../lib/story.mjs";
import { PICTURE } from "./newsroom.mjs";
import { ACTIVITY } from "./plan.mjs";

export function year(story) {
  test("in July the officer amends the plan, and what runs on stays as it was", async () => {
    await story.on("2024-07-10T08:30");
    const page = await story.at("officer");
    await page.goto(`${story.plan}/life`);
    await field(page, "Lý do điều chỉnh").fill("Tỉnh giao thêm một bài hướng dẫn về chứng thực điện tử.");
    await page.getByRole("button", { name: "Lập điều chỉnh" }).click();
    await told(page, "Đã lập bản điều chỉnh.");
    await page.getByRole("link", { name: ACTIVITY }).last().click();
    await page.getByRole("link", { name: "Sửa hoạt động" }).click();
    await field(page, "Đến ngày").fill("15/11/2024");
    await page.getByRole("button", { name: "Lưu hoạt động" }).click();
    await told(page, "Đã lưu hoạt động.");
    await page.goto(`${story.plan}/life`);
    await page.getByRole("link", { name: "Điều chỉnh lần 1" }).click();
    const changes = page.getByRole("region", { name: "Nội dung thay đổi" });
    await changes.getByText("30/11/2024").first().waitFor();
    await changes.getByText("15/11/2024").first().waitFor();
    await story.see(page, "officer", "plan-amendment");
    await field(page, "Số, ký hiệu").fill("61/QĐ-STP");
    await field(page, "Ngày điều chỉnh").fill("09/07/2024");
    await field(page, "Người ký").fill("Giám đốc Sở");
    await page.getByLabel("Bản ký").setInputFiles(PICTURE);
    await page.getByRole("button", { name: "Ghi quyết định điều chỉnh" }).click();
    await told(page, "Điều chỉnh đã có hiệu lực.");
  });

  test("the public reads what was promised, what changed and by which decision", async () => {
    const page = story.citizen;
    await page.goto("/ke-hoach/2024");
    await page.getByText("61/QĐ-STP").first().waitFor();
    await page.getByText("30/11/2024").first().waitFor({ state: "attached" });
    await page.getByText("15/11/2024").first().waitFor({ state: "attached" });
    await story.peruse(page, "plan-amended");
  });

  test("in December it is closed with its lessons, and the next year begins as its copy", async () => {
    await story.on("2024-12-10T08:30");
    const page = await story.at("officer");
    await page.goto(`${story.plan}/close`);
    await field(page, "Bài học chung").fill("Bài hướng dẫn có ảnh chụp từng bước được đọc nhiều gấp ba.");
    await story.see(page, "officer", "plan-close");
    await page.getByRole("button", { name: "Kết thúc kế hoạch" }).click();
    await told(page, "Đã kết thúc kế hoạch.");
    await story.see(page, "officer", "plan-closed");
    await page.getByRole("link", { name: "Sao sang năm sau" }).click();
    assert.equal(await field(page, "Năm").inputValue(), "2025");
    await page.getByRole("button", { name: "Sao sang năm sau" }).click();
    await told(page, "Đã sao thành dự thảo mới.");
    await page.getByRole("link", { name: ACTIVITY }).first().waitFor();
    await page.getByText("Bài học năm trước").first().waitFor();
    await story.see(page, "officer", "plan-copied");
  });
}
