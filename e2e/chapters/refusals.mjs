// What goes wrong is said where it went wrong, in the reader's language, with the way out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field, refusedAt } from "../lib/story.mjs";

export function refusals(story) {
  test("a wrong password is answered without saying which of the two is wrong", async () => {
    const { page, watch } = await story.window();
    await page.goto("/desk/sign-in");
    await story.look(page, "sign-in");
    watch.expect(422);
    await page.getByLabel("Thư điện tử công vụ").fill(story.office.account("writer").email);
    await page.getByLabel("Mật khẩu").fill("không phải mật khẩu này");
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.getByRole("alert").getByText("Thư điện tử hoặc mật khẩu không đúng.").waitFor();
    assert.equal(await page.getByLabel("Thư điện tử công vụ").inputValue(), story.office.account("writer").email);
    await story.look(page, "sign-in-refused");
  });

  test("an empty import names both ways", async () => {
    const page = await story.at("officer");
    await page.goto("/desk/plans/import");
    story.watch(page).expect(422);
    await page.getByRole("button", { name: "Đọc và lưu dự thảo" }).click();
    await refusedAt(page, ["file"]);
  });

  test("a page that is not there says so, on the portal and on the desk", async () => {
    for (const [path, lang] of [["/tin/khong-co-bai-nay-999999", "vi"], ["/en/khong-co", "en"], ["/desk/khong-co", "vi"]]) {
      const { page, watch } = await story.window();
      watch.expect(404);
      const answer = await page.goto(path);
      assert.equal(answer.status(), 404, path);
      await story.look(page, `not-found${path.replaceAll("/", "-")}`, lang);
      await page.getByRole("link", { name: lang === "en" ? /desk/i : "Về bàn làm việc" }).waitFor();
      await page.context().close();
    }
  });

  test("the desk's pages of others are refused in words", async () => {
    const page = await story.at("writer");
    story.watch(page).expect(403);
    const answer = await page.goto("/desk/accounts");
    assert.equal(answer.status(), 403);
    await page.getByRole("heading", { level: 1, name: "Bạn không được làm việc này" }).waitFor();
    await story.look(page, "forbidden");
  });
}
