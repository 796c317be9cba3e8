// The yearly round: the officer scores, the director submits, the appraiser reduces one, the officer appeals, the clerk enters the decision.

import assert from "node:assert/strict";
import { test } from "node:test";
import { go, told } from "../lib/story.mjs";

const AGENCY = "Sở Tư pháp tỉnh Bình Định";

export function score(story) {
  let round, body;

  test("what would be lost today is told, with whose it is", async () => {
    const page = await story.at("officer");
    await go(page, "Chấm điểm");
    await story.see(page, "officer", "rounds");
    await page.getByRole("link", { name: "Điểm có nguy cơ mất" }).click();
    await page.getByText("điểm có nguy cơ mất").first().waitFor();
    await story.see(page, "officer", "risk");
  });

  test("the officer scores every component with Loa's own figures, and an explanation", async () => {
    const page = await story.at("officer");
    await go(page, "Chấm điểm");
    await page.getByRole("rowheader").getByRole("link").first().click();
    round = new URL(page.url()).pathname;
    await story.see(page, "officer", "round");
    await page.getByRole("main").getByRole("link", { name: AGENCY }).click();
    body = new URL(page.url()).pathname;
    await story.see(page, "officer", "self-score");
    const gaps = page.getByRole("region", { name: /chưa đủ để nộp/ }).getByRole("link");
    for (let n = await gaps.count(); n > 0; n = await gaps.count()) {
      await gaps.first().click();
      await answer(page);
      if (n === 1) await story.see(page, "officer", "component");
      await page.goto(body);
      assert.ok((await gaps.count()) < n, "a component is still not ready");
    }
  });

  test("the director confirms and submits", async () => {
    const page = await story.at("director");
    await page.goto(body);
    await page.getByRole("button", { name: "Xác nhận và nộp" }).click();
    await told(page, "Đã nộp bản tự chấm.");
    await onward(story, round, "Thẩm định");
  });

  test("the appraiser accepts but reduces one, with the reason", async () => {
    const page = await story.at("appraiser");
    await page.goto(body);
    await story.see(page, "appraiser", "submitted");
    const boxes = page.getByRole("checkbox");
    for (let n = 1; n < (await boxes.count()); n++) await boxes.nth(n).check();
    await page.getByRole("button", { name: "Chấp nhận các thành phần đã chọn" }).click();
    await told(page, "Đã chấp nhận.");
    await page.getByRole("rowheader").getByRole("link").first().click();
    await page.locator("#reduce-form").getByLabel("Giảm còn").fill("0,1");
    await page.locator("#reduce-form").getByLabel("Lý do").fill("Báo cáo chưa nêu đủ kết quả của từng chỉ tiêu.");
    await page.getByRole("button", { name: "Giảm điểm" }).click();
    await told(page, "Đã lưu kết quả thẩm định.");
    await story.see(page, "appraiser", "reduced");
    await onward(story, round, "Giải trình");
  });

  test("the officer appeals, and is answered", async () => {
    const page = await story.at("officer");
    await page.goto(body);
    await page.getByRole("rowheader").getByRole("link").first().click();
    await page.locator("#appeal-form").getByLabel("Điểm đề nghị").fill("0,5");
    await page.locator("#appeal-form").getByLabel("Lý do").fill("Danh sách sản phẩm của từng chỉ tiêu có trong báo cáo năm.");
    await page.getByRole("button", { name: "Gửi giải trình" }).click();
    await told(page, "Đã gửi giải trình.");
    await story.see(page, "officer", "appealed");
    const other = await story.at("appraiser");
    await other.goto(page.url());
    await other.getByLabel("Điểm sau giải trình").fill("0,4");
    await other.getByLabel("Trả lời giải trình").fill("Chấp nhận phần có danh sách kèm theo.");
    await other.getByRole("button", { name: "Trả lời" }).click();
    await told(other, "Đã trả lời giải trình.");
    for (const phase of ["Nhập điểm điều tra xã hội học", "Xếp hạng", "Chờ quyết định"]) await onward(story, round, phase);
  });

  test("the clerk enters the decision, and the portal shows the ranking", async () => {
    const page = await story.at("clerk");
    await page.goto(`${round}/decision`);
    await story.see(page, "clerk", "decision");
    await page.getByLabel("Số quyết định").fill("312/QĐ-UBND");
    await page.getByLabel("Ngày ban hành").fill("11/12/2023");
    await page.getByLabel("Cơ quan ban hành").fill("UBND tỉnh Bình Định");
    await page.getByLabel("Bản quét có chữ ký").setInputFiles({ name: "quyet-dinh.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 quyet dinh") });
    await page.getByRole("button", { name: "Chốt kết quả" }).click();
    await told(page, "Đã chốt kết quả và công khai trên cổng.");
    const { page: citizen } = await story.window();
    await citizen.goto("/xep-hang");
    await citizen.getByRole("main").getByRole("listitem").getByRole("link").first().click();
    await citizen.getByRole("rowheader", { name: AGENCY }).waitFor();
    await story.peruse(citizen, "ranking");
  });
}

/** Answers a component: Loa's figure where there is one, a reading where two differ, and why there is no file. */
async function answer(page) {
  const reason = "Số liệu và danh sách sản phẩm nằm trong báo cáo năm của Sở.";
  const yes = page.getByRole("radio", { name: "Có", exact: true });
  if (await yes.count()) await yes.check();
  await page.locator("#score-form").getByLabel("Giải thích", { exact: true }).fill(reason);
  await page.locator("#score-form").getByRole("button", { name: "Lưu" }).click();
  await told(page, "Đã lưu.");
  const reading = page.getByRole("radio", { name: "Cách hiểu thứ hai" });
  if (!(await reading.count())) return;
  await reading.check();
  await page.getByLabel("Lý do chọn cách hiểu này").fill("Ví dụ của chính hướng dẫn tính như vậy.");
  await page.locator("#score-form").getByRole("button", { name: "Lưu" }).click();
  await told(page, "Đã lưu.");
}

/** The officer takes the round on. */
async function onward(story, round, phase) {
  const page = await story.at("officer");
  await page.goto(round);
  await page.getByRole("button", { name: `Chuyển sang bước “${phase}”` }).click();
  await told(page, "Đã chuyển bước.");
}
