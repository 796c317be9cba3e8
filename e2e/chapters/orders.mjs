// The director may publish without a second pair of eyes; it shows until somebody else has looked.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, told } from "../lib/story.mjs";
import { begin, openWaiting } from "./newsroom.mjs";

const TITLE = "Lịch tiếp công dân bổ sung trong tuần mưa lũ";

export function orders(story) {
  test("the director publishes at once, with a reason, and it shows", async () => {
    const writer = await story.at("writer");
    await begin(writer);
    await field(writer, "Tiêu đề").fill(TITLE);
    await field(writer, "Dẫn đề (sapo)").fill("Sở Tư pháp tiếp công dân thêm hai buổi để người dân vùng ngập kịp làm lại giấy tờ.");
    await writer.getByRole("textbox", { name: "Nội dung" }).fill("Hai buổi tiếp thêm là chiều thứ tư và sáng thứ bảy.");
    await writer.getByRole("combobox", { name: "Chuyên mục", exact: true }).selectOption({ label: "Dịch vụ công, một cửa" });
    await writer.getByRole("button", { name: "Gửi duyệt" }).click();
    await told(writer, "Đã gửi duyệt.");
    const page = await story.at("director");
    await story.see(page, "director", "home");
    await openWaiting(page, TITLE);
    await field(page, "Lý do").fill("Mưa lũ, người dân cần biết ngay.");
    await page.getByRole("button", { name: "Xuất bản theo lệnh" }).click();
    await told(page, "Đã xuất bản theo lệnh; bài còn chờ một người khác xác nhận.");
    await page.getByText("Bài được xuất bản theo lệnh, chưa qua người thứ hai.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Xác nhận bài đã đăng theo lệnh" }).count(), 0);
    await story.see(page, "director", "article-forced");
    story.forced = new URL(page.url()).pathname;
  });

  test("another person confirms it, and the flag goes", async () => {
    const page = await story.at("editor");
    await page.goto(story.forced);
    await page.getByText("Bài được xuất bản theo lệnh, chưa qua người thứ hai.").waitFor();
    await story.look(page, "editor-article-forced");
    await page.getByRole("button", { name: "Xác nhận bài đã đăng theo lệnh" }).click();
    await told(page, "Đã xác nhận.");
    assert.equal(await page.getByText("Bài được xuất bản theo lệnh, chưa qua người thứ hai.").count(), 0);
    await page.getByText("Mưa lũ, người dân cần biết ngay.").waitFor();
  });
}
