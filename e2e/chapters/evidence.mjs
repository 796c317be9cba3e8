// The officer adds what proves a conference, the file that is there already is noticed, and the appraiser reads it all.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, go, told } from "../lib/story.mjs";

const MINUTES = { name: "bien-ban.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 biên bản của chương minh chứng") };
const NAME = "Biên bản xem thử của sổ minh chứng";

export function evidence(story) {
  let address;

  test("the register shows what was kept all year", async () => {
    const page = await story.at("officer");
    await go(page, "Minh chứng");
    await page.getByRole("table").waitFor();
    await story.see(page, "officer", "evidence");
    await field(page, "Tìm theo từ").fill("khong co tu nay");
    await page.getByRole("button", { name: "Tìm", exact: true }).click();
    await page.getByText("Không có minh chứng nào như vậy").waitFor();
  });

  test("minutes are added, hashed and sealed", async () => {
    const page = await story.at("officer");
    await go(page, "Minh chứng");
    await page.getByRole("link", { name: "Thêm minh chứng" }).click();
    await fill(page);
    await story.see(page, "officer", "evidence-new");
    await page.getByRole("button", { name: "Lưu minh chứng" }).click();
    await told(page, "Đã lưu minh chứng");
    address = new URL(page.url()).pathname;
    await page.getByText("Nguyên vẹn, khớp mã băm").waitFor();
    for (let asks = 0; asks < 40 && (await page.getByText("Đã kiểm: bản ghi nằm trong nhật ký").count()) === 0; asks++) await page.reload();
    await page.getByText("Đã kiểm: bản ghi nằm trong nhật ký").waitFor();
    await story.see(page, "officer", "evidence-piece");
  });

  test("the same file again is told, with the way to the older piece", async () => {
    const page = await story.at("officer");
    await page.goto("/desk/evidence/new");
    await fill(page);
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Lưu minh chứng" }).click();
    await page.getByRole("alert").waitFor();
    assert.equal(await page.locator(`a[href="${address}"]`).count(), 1);
    assert.equal(await field(page, "Tên minh chứng *").or(page.locator("#title")).first().inputValue(), NAME);
    await story.look(page, "officer-evidence-again");
  });

  test("what is missing stands by unit, as it is asked for", async () => {
    const page = await story.at("officer");
    await page.goto("/desk/evidence/missing");
    const take = page.getByRole("button", { name: "Dùng gợi ý theo hình thức" });
    if (await take.count()) {
      await take.click();
      await told(page, "Đã đặt loại bắt buộc theo gợi ý");
    }
    await page.getByRole("columnheader", { name: "Loại còn thiếu" }).first().waitFor();
    await story.see(page, "officer", "evidence-missing");
    await page.locator("td a").first().click();
    await page.getByText("Loại bắt buộc").first().waitFor();
    await story.see(page, "officer", "evidence-activity");
    await page.goto("/desk/evidence/offers");
    await story.see(page, "officer", "evidence-offers");
    await page.goto("/desk/evidence/duplicates");
    await story.see(page, "officer", "evidence-duplicates");
  });

  test("the appraiser reads the piece and may change nothing", async () => {
    const page = await story.at("appraiser");
    await page.goto(address);
    await page.getByRole("heading", { name: NAME }).waitFor();
    assert.equal(await page.getByRole("button", { name: "Rút minh chứng" }).count(), 0);
    await story.see(page, "appraiser", "evidence-piece");
    await page.goto("/desk/evidence/pack");
    await story.see(page, "appraiser", "evidence-pack");
  });

  test("the piece that was only for show is withdrawn with its reason", async () => {
    const page = await story.at("officer");
    await page.goto(address);
    await page.locator("#reason").fill("Chỉ để xem thử");
    await page.getByRole("button", { name: "Rút minh chứng" }).click();
    await told(page, "Đã rút minh chứng");
    await page.getByText("Chỉ để xem thử").waitFor();
  });
}

async function fill(page) {
  await page.locator("#kind").selectOption("minutes");
  await page.locator("#shown_on").fill("11/12/2023");
  await page.locator("#title").fill(NAME);
  await page.locator("#file").setInputFiles(MINUTES);
  await page.locator("#proves").fill("Cuộc họp đã diễn ra đúng kế hoạch.");
}
