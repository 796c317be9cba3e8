// The officer brings in a plan from its text, sees what it fails to say, and gives it a promise that can be counted.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { field, go, refusedAt, tabTo, told } from "../lib/story.mjs";

const TEXT = new URL("../data/ke-hoach-2024.txt", import.meta.url);

export const ACTIVITY = "Viết bài hướng dẫn nộp hồ sơ chứng thực điện tử tại nhà";

export function plan(story) {
  test("the officer signs in by keyboard alone and finds the day's work", async () => {
    const { page } = await story.window();
    const { email, password } = story.office.account("officer");
    await page.goto("/desk");
    await page.getByRole("heading", { name: "Đăng nhập", level: 1 }).waitFor();
    await tabTo(page, page.getByLabel("Thư điện tử công vụ"));
    await page.keyboard.type(email);
    await tabTo(page, page.getByLabel("Mật khẩu"));
    await page.keyboard.type(password);
    await tabTo(page, page.getByRole("button", { name: "Đăng nhập" }));
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/desk$/);
    story.settle("officer", page);
    await story.see(page, "officer", "home");
  });

  test("a plan is read from its text, with what it fails to say", async () => {
    const page = await story.at("officer");
    await go(page, "Kế hoạch");
    await story.see(page, "officer", "plans");
    await page.getByRole("link", { name: "Nhập kế hoạch" }).click();
    await story.see(page, "officer", "plan-import");
    await page.getByLabel("Hoặc dán văn bản").fill(await readFile(TEXT, "utf8"));
    await page.getByRole("button", { name: "Đọc và lưu dự thảo" }).click();
    await told(page, "Đã lưu dự thảo kế hoạch.");
    story.plan = new URL(page.url()).pathname;
    await page.getByRole("heading", { level: 1, name: /Truyền thông cải cách hành chính năm 2024/i }).waitFor();
    const tree = page.getByRole("region", { name: "Nhiệm vụ và hoạt động" });
    for (const task of ["dịch vụ công trực tuyến", "kỷ luật, kỷ cương", "Lấy ý kiến người dân"]) await tree.getByText(task).first().waitFor();
    const text = page.getByRole("region", { name: "Nội dung kế hoạch" });
    await text.getByText("876/QĐ-UBND").first().waitFor();
    await findings(page).filter({ hasText: /số/ }).first().waitFor();
    await story.see(page, "officer", "plan-draft");
  });

  test("what was missing is filled in, and the finding goes", async () => {
    const page = await story.at("officer");
    const before = await findings(page).count();
    await findings(page).getByRole("link", { name: "Điền vào kế hoạch" }).first().click();
    await story.see(page, "officer", "plan-edit");
    await page.getByLabel("Số, ký hiệu").first().fill("35/KH-STP");
    await page.getByLabel("Công khai trên cổng: đã hứa và đã làm").check();
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await told(page, "Đã lưu kế hoạch.");
    await page.getByText("35/KH-STP").first().waitFor();
    assert.equal(await findings(page).count(), before - 1);
    await findings(page).getByRole("button", { name: /^Đã xử lý/ }).last().click();
    await told(page, "Đã ghi nhận là đã xử lý.");
    assert.equal(await findings(page).count(), before - 2);
  });

  test("a plan without its title or year is refused at both fields", async () => {
    const page = await story.at("officer");
    await page.goto(`${story.plan}/edit`);
    await field(page, "Tên kế hoạch").fill("");
    await page.getByLabel("Năm", { exact: false }).and(page.locator("#year")).fill("");
    await page.getByLabel("Ngày ban hành").first().fill("ngày mai");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Lưu kế hoạch" }).click();
    await refusedAt(page, ["title", "issued_on", "year"]);
    assert.equal(await page.getByLabel("Ngày ban hành").first().inputValue(), "ngày mai");
    await story.look(page, "officer-plan-refused");
    await page.goto(story.plan);
  });

  test("every mistake in an activity is named at its field, and nothing typed is lost", async () => {
    const page = await story.at("officer");
    await page.getByRole("link", { name: "Thêm hoạt động" }).first().click();
    await field(page, "Số lượng").first().fill("mười");
    await field(page, "Đơn vị tính").first().fill("bài");
    await field(page, "Từ ngày").fill("31/02/2024");
    await field(page, "Đến ngày").fill("cuối năm");
    await field(page, "Ghi chú").fill("Phối hợp với Văn phòng.");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Lưu hoạt động" }).click();
    await refusedAt(page, ["title", "target_number", "window_from", "window_to"]);
    assert.equal(await field(page, "Số lượng").first().inputValue(), "mười");
    assert.equal(await field(page, "Từ ngày").inputValue(), "31/02/2024");
    assert.equal(await field(page, "Ghi chú").inputValue(), "Phối hợp với Văn phòng.");
    await story.look(page, "officer-activity-refused");
  });

  test("an activity gets its target, its unit and the person who answers for it", async () => {
    const page = await story.at("officer");
    await field(page, "Tên hoạt động").fill(ACTIVITY);
    await choose(page.getByLabel("Nhiệm vụ"), "dịch vụ công trực tuyến");
    await field(page, "Số lượng").first().fill("1");
    await choose(page.getByLabel("Đơn vị chủ trì"), "Văn phòng Sở");
    await choose(page.getByLabel("Người chịu trách nhiệm"), story.office.account("head").name);
    await field(page, "Từ ngày").fill("01/01/2024");
    await field(page, "Đến ngày").fill("30/11/2024");
    await page.getByRole("button", { name: "Lưu hoạt động" }).click();
    await told(page, "Đã lưu hoạt động.");
    await page.goto(story.plan);
    const row = page.locator(".tree-row").filter({ hasText: ACTIVITY }).last();
    await row.getByText("Văn phòng Sở", { exact: true }).waitFor();
    await row.getByText(`Người chịu trách nhiệm: ${story.office.account("head").name}`).waitFor();
    assert.match(await row.innerText(), /0\s*\/\s*1/);
    await story.see(page, "officer", "plan");
    await row.getByRole("link", { name: ACTIVITY }).click();
    story.activity = new URL(page.url()).pathname;
    await story.see(page, "officer", "activity");
    await page.getByRole("link", { name: "Sửa hoạt động" }).click();
    await field(page, "Kết quả đầu ra").fill("Bài đăng trên trang của Sở");
    await page.getByRole("button", { name: "Lưu hoạt động" }).click();
    await told(page, "Đã lưu hoạt động.");
    await page.goto(`${story.plan}/annex`);
    await story.look(page, "officer-plan-annex");
  });

  test("the head of the unit sees what the unit owes", async () => {
    const page = await story.at("head");
    await page.goto(story.plan);
    await page.getByRole("link", { name: /^Văn phòng Sở/ }).click();
    await page.getByRole("link", { name: ACTIVITY }).first().waitFor();
    await story.see(page, "head", "unit");
  });
}

function findings(page) {
  return page.locator("aside > ul > .finding");
}

/** Chooses the first option that has these words in it. */
async function choose(list, words) {
  const value = await list.locator("option").filter({ hasText: words }).first().getAttribute("value");
  await list.selectOption(value);
}
