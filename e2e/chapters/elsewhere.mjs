// What appeared in the newspaper is registered with its link and a file, because links die.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, go, refusedAt, told } from "../lib/story.mjs";
import { PICTURE } from "./newsroom.mjs";
import { ACTIVITY } from "./plan.mjs";

const TITLE = "Báo đưa tin: bản sao chứng thực về tận hộp thư";

export function elsewhere(story) {
  test("something published elsewhere needs a day, a channel and a proof", async () => {
    const page = await story.at("officer");
    await go(page, "Sản phẩm");
    await story.see(page, "officer", "items");
    await page.getByRole("link", { name: "Đăng ký sản phẩm đăng nơi khác" }).click();
    await story.see(page, "officer", "item-new");
    await field(page, "Tiêu đề").fill(TITLE);
    await field(page, "Ngày đăng, phát").fill("31/11/2023");
    await field(page, "Liên kết").fill("báo giấy");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Đăng ký" }).click();
    await refusedAt(page, ["channel", "published_on", "link", "file"]);
    assert.equal(await field(page, "Tiêu đề").inputValue(), TITLE);
    await story.look(page, "officer-item-refused");
  });

  test("registered by link and file, it counts for its activity and has its proof", async () => {
    const page = await story.at("officer");
    const channels = page.locator("#channel");
    await channels.selectOption(await channels.locator("option").filter({ hasText: "Báo" }).first().getAttribute("value"));
    await field(page, "Ngày đăng, phát").fill("04/12/2023");
    await field(page, "Liên kết").fill("https://bao.example/ban-sao-dien-tu");
    await page.getByLabel("Tệp minh chứng").setInputFiles(PICTURE);
    await page.getByRole("checkbox", { name: ACTIVITY }).check();
    // The picture stands in an article of the office too: that is no second proof of the same thing.
    await page.getByRole("button", { name: "Đăng ký", exact: true }).click();
    await told(page, "Đã đăng ký sản phẩm và lưu minh chứng.");
    await page.getByRole("region", { name: "Minh chứng" }).getByText("https://bao.example/ban-sao-dien-tu").waitFor();
    await page.getByRole("region", { name: "Minh chứng" }).getByRole("link", { name: /\.png/ }).waitFor();
    await story.see(page, "officer", "item");
    await page.goto(story.activity);
    await page.getByText(TITLE).waitFor();
  });
}
