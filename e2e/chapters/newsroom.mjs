// An article is written by one person, returned and released by another.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { field, go, refusedAt, tabTo, told } from "../lib/story.mjs";
import { ACTIVITY } from "./plan.mjs";

const WORD = new URL("../data/word.html", import.meta.url);
export const PICTURE = new URL("../../crates/app/demo/images/counter.png", import.meta.url).pathname;

export const TITLE = "Chứng thực bản sao điện tử: nộp ở đâu, nhận thế nào";
const LEAD = "Từ tháng này, người dân có thể nhận bản sao chứng thực qua thư điện tử, không phải đến quầy lần thứ hai.";
const ALT = "Người dân nộp hồ sơ tại quầy tiếp nhận, cán bộ hướng dẫn trên màn hình";
export const CAPTION = "Hướng dẫn nộp hồ sơ chứng thực điện tử tại Bộ phận Một cửa. Ảnh: V.H";

export function newsroom(story) {
  test("an empty article is refused at every field at once", async () => {
    const page = await story.at("writer");
    await story.see(page, "writer", "home");
    await begin(page);
    story.watch(page).expect(422);
    await field(page, "Tác giả").fill("");
    await page.getByRole("button", { name: "Gửi duyệt" }).click();
    await refusedAt(page, ["title", "lead", "author", "body_text"]);
    await story.look(page, "writer-article-refused");
  });

  test("the writer writes with headings, a list, a table, a link, a picture and a paste from Word", async () => {
    const page = await story.at("writer");
    await field(page, "Tiêu đề").fill(TITLE);
    await field(page, "Dẫn đề (sapo)").fill(LEAD);
    await field(page, "Tác giả").fill("V.H");
    await page.getByRole("combobox", { name: "Chuyên mục", exact: true }).selectOption({ label: "Dịch vụ công, một cửa" });
    await page.getByLabel("Thể loại").selectOption({ label: "Bài" });
    const body = page.getByRole("textbox", { name: "Nội dung" });
    const tool = (name) => page.getByRole("toolbar").getByRole("button", { name });
    await body.click();
    await page.keyboard.type("Hai cách nộp hồ sơ");
    await tool(/Đề mục lớn/).click();
    await page.keyboard.press("Enter");
    await page.keyboard.type("Chọn một trong hai cách sau:");
    await page.keyboard.press("Enter");
    await tool("Danh sách").and(page.locator("[aria-label='Danh sách']")).click();
    await page.keyboard.type("Nộp tại quầy");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Nộp qua mạng");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await link(page, "cổng dịch vụ công", "https://dichvucong.example/chung-thuc");
    await page.keyboard.press("Enter");
    await paste(body, await readFile(WORD, "utf8"));
    await body.getByText("Nhận bản điện tử qua thư").waitFor();
    await page.keyboard.press("Control+End");
    await page.keyboard.press("Enter");
    await picture(page, tool("Ảnh"));
    await page.keyboard.press("Control+End");
    await table(page, tool("Bảng"));
    await clean(body);
    await story.see(page, "writer", "article-edit");
  });

  test("it is linked to what was promised, this year and next, and saves itself", async () => {
    const page = await story.at("writer");
    await page.getByRole("checkbox", { name: ACTIVITY }).check();
    await page.getByRole("checkbox", { name: /^2023 · / }).first().check();
    await page.getByText(/^Đã lưu nháp lúc/).waitFor();
    await page.getByLabel("Tệp ảnh").setInputFiles(PICTURE);
    await field(page, "Mô tả ảnh cho người không nhìn thấy").fill(ALT);
    await field(page, "Chú thích dưới ảnh").fill(CAPTION);
    await page.getByRole("button", { name: "Lưu nháp" }).click();
    await told(page, "Đã lưu bản nháp.");
    await page.getByRole("link", { name: "Viết tiếp" }).click();
    assert.equal(await field(page, "Tiêu đề").inputValue(), TITLE);
    assert.ok(await page.getByRole("checkbox", { name: ACTIVITY }).isChecked());
    await page.getByRole("textbox", { name: "Nội dung" }).getByRole("heading", { name: "Hai cách nộp hồ sơ" }).waitFor();
    await clean(page.getByRole("textbox", { name: "Nội dung" }));
  });

  test("it is submitted by keyboard, and the writer cannot publish it", async () => {
    const page = await story.at("writer");
    await tabTo(page, page.getByRole("button", { name: "Gửi duyệt" }));
    await page.keyboard.press("Enter");
    await told(page, "Đã gửi duyệt.");
    story.review = new URL(page.url()).pathname;
    assert.equal(await page.getByRole("button", { name: "Xuất bản" }).count(), 0);
    const answer = await page.request.post(`${story.review.replace(/\/review$/, "")}/publication`, { maxRedirects: 0, headers: { origin: story.office.origin } });
    assert.equal(answer.status(), 403, "the server publishes what the page does not offer");
    await story.see(page, "writer", "article-submitted");
  });

  test("the editor returns it, but not without a reason", async () => {
    const page = await story.at("editor");
    await story.see(page, "editor", "home");
    await openWaiting(page, TITLE);
    await story.see(page, "editor", "article-waiting");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Trả lại" }).click();
    await refusedAt(page, ["reason"]);
    await field(page, "Lý do").fill("Thiếu thời gian trả kết quả.");
    await page.getByRole("button", { name: "Trả lại" }).click();
    await told(page, "Đã trả lại bài kèm lý do.");
  });

  test("the writer reads the reason, mends and sends it again", async () => {
    const page = await story.at("writer");
    await page.goto(story.review);
    await page.getByText("Thiếu thời gian trả kết quả.").first().waitFor();
    await page.getByRole("link", { name: "Viết tiếp" }).click();
    const body = page.locator(".ProseMirror");
    await body.locator("p").filter({ hasText: "Chọn một trong hai cách sau:" }).click();
    await page.keyboard.press("End");
    await page.keyboard.type(" Kết quả có trong ngày làm việc.");
    await page.getByText(/^Đã lưu nháp lúc/).waitFor();
    await page.getByRole("button", { name: "Gửi duyệt" }).click();
    await told(page, "Đã gửi duyệt.");
  });

  test("the editor publishes it by keyboard", async () => {
    const page = await story.at("editor");
    await openWaiting(page, TITLE);
    await page.getByText("Kết quả có trong ngày làm việc.").first().waitFor();
    await tabTo(page, page.getByRole("button", { name: "Xuất bản", exact: true }));
    await page.keyboard.press("Enter");
    await told(page, "Đã xuất bản.");
    const seen = page.getByRole("link", { name: "Xem trên cổng" });
    story.article = await seen.getAttribute("href");
    await story.see(page, "editor", "article-published");
  });
}

/** The writer's new article. */
export async function begin(page) {
  await go(page, "Tin, bài");
  await page.getByRole("button", { name: "Viết tin, bài mới" }).click();
  await page.getByRole("textbox", { name: "Nội dung" }).waitFor();
}

/** The editor's way to what waits. */
export async function openWaiting(page, title) {
  await go(page, "Tin, bài");
  await page.getByRole("link", { name: /^Chờ duyệt/ }).click();
  await page.getByRole("link", { name: title }).first().click();
  await page.getByRole("heading", { level: 1, name: title }).waitFor();
}

async function link(page, words, address) {
  await page.keyboard.type(words);
  await page.keyboard.press("Shift+Home");
  await page.waitForFunction((text) => getSelection().toString() === text, words);
  await page.keyboard.press("Control+K");
  const dialog = page.getByRole("dialog", { name: "Liên kết" });
  await dialog.getByLabel("Địa chỉ").fill("không phải địa chỉ");
  await dialog.getByRole("button", { name: "Đồng ý" }).click();
  await dialog.getByText("Địa chỉ phải là http, https, mailto, tel hoặc bắt đầu bằng /").waitFor();
  await dialog.getByLabel("Địa chỉ").fill(address);
  await page.keyboard.press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction(() => getSelection().isCollapsed && getSelection().anchorNode.parentElement.closest("a, p") !== null);
}

/** As the browser does it when a person pastes: the clipboard's HTML comes with the event. */
function paste(body, html) {
  return body.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", text);
    clipboardData.setData("text/plain", "không dùng");
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, html);
}

async function picture(page, button) {
  await button.click();
  const dialog = page.getByRole("dialog", { name: "Thêm ảnh" });
  await dialog.getByRole("button", { name: "Đồng ý" }).click();
  await dialog.getByText("Chọn tệp ảnh").waitFor();
  await dialog.getByText("Nhập mô tả ảnh").waitFor();
  await dialog.getByLabel("Tệp ảnh").setInputFiles(PICTURE);
  await dialog.getByLabel("Mô tả ảnh cho người không nhìn thấy").fill("Quầy số 4 của Bộ phận Một cửa");
  await dialog.getByLabel("Chú thích (nếu có)").fill("Quầy số 4, buổi sáng thứ hai.");
  await dialog.getByRole("button", { name: "Đồng ý" }).click();
  await page.locator("[data-editor] figure img").waitFor();
}

async function table(page, button) {
  await button.click();
  for (const words of ["Cách nộp", "Thời gian", "Phí", "Tại quầy", "Trong ngày", "2.000 đồng", "Qua mạng", "Trong ngày", "2.000 đồng"]) {
    await page.keyboard.type(words);
    if (words !== "2.000 đồng" || !(await isLastCell(page))) await page.keyboard.press("Tab");
  }
}

function isLastCell(page) {
  return page.evaluate(() => {
    const cell = document.getSelection()?.anchorNode?.parentElement?.closest("td, th");
    return cell === [...(cell?.closest("table")?.querySelectorAll("td, th") ?? [])].at(-1);
  });
}

/** Nothing of Word has come along, everything that was meant has. */
async function clean(body) {
  const html = await body.innerHTML();
  assert.doesNotMatch(html, /Mso|mso-|font-size|<o:p|onmouseover|hỏng|supportLists/i);
  await body.locator("strong").filter({ hasText: "Chứng thực bản sao điện tử" }).waitFor();
  await body.locator("li").filter({ hasText: "Mang bản chính đến quầy" }).waitFor();
  await body.locator("th").filter({ hasText: "Cách nộp" }).waitFor();
  await body.locator("a[href='https://dichvucong.example/chung-thuc']").waitFor();
  await body.locator("figure img").first().waitFor();
}
