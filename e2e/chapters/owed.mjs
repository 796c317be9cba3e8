// What is owed is cleared where people are: a head on a phone, a director from a letter.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { NARROW } from "../lib/browser.mjs";
import { eventually, field, told } from "../lib/story.mjs";
import { PICTURE } from "./newsroom.mjs";

const PHONE = { viewport: NARROW, isMobile: true, hasTouch: true };
const ARTICLE = "Khảo sát hài lòng tại quầy: năm câu hỏi, một phút";

/** What the head's unit owes, and where each was done. */
const DEBTS = [
  { title: "Bài viết giới thiệu mô hình mới, cách làm hay, sáng kiến", channel: "Báo Bình Định", day: "11/12/2023" },
  { title: "Bài giải thích PAR INDEX, SIPAS", channel: "Báo Bình Định", day: "11/12/2023" },
  { title: "Tọa đàm về truyền thông chính sách", channel: "Hội nghị của Sở", day: "12/12/2023" },
];

export function owed(story) {
  test("a head clears on a phone what the unit owes this week", async () => {
    const { page } = await story.window(PHONE);
    await story.signIn(page, "head");
    await page.goto("/desk/owed");
    await story.see(page, "head", "owed");
    await page.setViewportSize(NARROW);
    for (const { title, channel, day } of DEBTS) {
      await page.goto("/desk/owed");
      await page.getByRole("link", { name: title }).tap();
      await page.getByRole("link", { name: "Đăng ký sản phẩm cho hoạt động này" }).tap();
      await field(page, "Tiêu đề").fill(`Đã làm: ${title}`);
      const channels = page.locator("#channel");
      await channels.selectOption(await channels.locator("option").filter({ hasText: channel }).first().getAttribute("value"));
      await field(page, "Ngày đăng, phát").fill(day);
      await page.getByLabel("Tệp minh chứng").setInputFiles({ name: "anh.png", mimeType: "image/png", buffer: await readFile(PICTURE) });
      await page.getByRole("button", { name: "Đăng ký", exact: true }).tap();
      const again = page.getByLabel("Vẫn đăng ký, dù liên kết hoặc tệp đã có");
      await page.locator(".notice-success").or(again).first().waitFor();
      if (await again.count()) {
        story.watch(page).expect(422);
        await again.check();
        await page.getByRole("button", { name: "Đăng ký", exact: true }).tap();
      }
      await told(page, "Đã đăng ký sản phẩm và lưu minh chứng.");
      await page.goto("/desk/owed");
      assert.equal(await page.getByRole("link", { name: title }).count(), 0, `still owed: ${title}`);
    }
  });

  test("a director reads on one page what waits and what is late", async () => {
    const page = await story.at("director");
    await page.goto("/desk/director");
    await page.getByRole("link", { name: ARTICLE }).waitFor();
    await story.see(page, "director", "director");
  });

  test("the director releases an article from a letter, once, without signing in", async () => {
    const editor = await story.at("editor");
    await editor.goto("/desk/newsroom/articles?shelf=waiting");
    await editor.getByRole("link", { name: ARTICLE }).click();
    const people = editor.locator("#person");
    await people.selectOption(await people.locator("option").filter({ hasText: story.office.account("director").name }).first().getAttribute("value"));
    await editor.getByRole("button", { name: "Gửi liên kết duyệt" }).click();
    await told(editor, "Liên kết duyệt sẽ được gửi qua thư trong ít giây.");
    const path = await linkIn(story);
    const { page } = await story.window(PHONE);
    await page.goto(path);
    await page.getByText("Bài đang chờ bạn duyệt.").waitFor();
    await story.look(page, "release");
    await page.setViewportSize(NARROW);
    await page.getByRole("button", { name: "Xuất bản bài này" }).tap();
    await page.getByText("Liên kết này đã được dùng: bài đã xuất bản.").waitFor();
    await page.getByRole("link", { name: "Xem bài trên cổng" }).tap();
    await page.getByRole("heading", { level: 1, name: ARTICLE }).waitFor();
    await page.goto(path);
    assert.equal(await page.getByRole("button").count(), 0, "the link can be used again");
  });

  test("mail, the calendar of days off and changes of units hold on a phone too", async () => {
    const page = await story.at("administrator");
    for (const [path, name] of [["/desk/mail", "mail"], ["/desk/calendar", "calendar"], ["/desk/units/merge", "unit-merge"]]) {
      await page.goto(path);
      await story.see(page, "administrator", name);
    }
  });

  test("the year of the plan is seen as pictures and weights", async () => {
    const page = await story.at("officer");
    await page.goto("/desk/plans");
    await page.getByRole("link", { name: "năm 2023" }).first().click();
    const { pathname } = new URL(page.url());
    for (const part of ["timeline", "calendar", "weights"]) {
      await page.goto(`${pathname}/${part}`);
      await story.see(page, "officer", `plan-${part}`);
    }
    await page.goto("/desk/reports/years");
    await story.see(page, "officer", "years");
  });
}

/** The path of the newest link to release by, as the letter in the folder brings it. */
async function linkIn(story) {
  const folder = `${story.office.dir}/mail`;
  let path;
  await eventually("a letter with a link", async () => {
    for (const name of (await readdir(folder)).filter((name) => name.endsWith(".eml")).sort()) {
      const [, text = ""] = /base64\s+([\w+/=\s]+?)\s+--/.exec(await readFile(`${folder}/${name}`, "utf8")) ?? [];
      path = /\/duyet\/[\w-]+/.exec(Buffer.from(text, "base64").toString())?.[0] ?? path;
    }
    return path;
  });
  return path;
}
