// The guard of the session: a warning in the last minute, one press stays, and at the end nothing written is lost.

import assert from "node:assert/strict";
import { test } from "node:test";
import { field } from "../lib/story.mjs";
import { begin } from "./newsroom.mjs";

export function session(story) {
  test("one press of a button stays, and the end of a session keeps the draft", async () => {
    const { page } = await story.window();
    await page.clock.install();
    await story.signIn(page, "writer");
    await begin(page);
    const idle_s = await page.evaluate(() => Number(document.body.dataset.idleS));
    assert.equal(idle_s, 15 * 60);
    await field(page, "Tiêu đề").fill("Bài viết dở khi có khách");
    await page.clock.fastForward((idle_s - 45) * 1000);
    const warning = page.getByRole("dialog", { name: "Bạn còn ở đó không?" });
    await warning.waitFor();
    assert.ok(Number(await warning.locator("[data-idle-left]").innerText()) <= 60);
    await story.look(page, "writer-idle");
    const stay = warning.getByRole("button", { name: "Tiếp tục làm việc" });
    assert.ok(await stay.evaluate((element) => element === document.activeElement), "the button is not the one that has the focus");
    const alive = page.waitForResponse((answer) => answer.url().endsWith("/desk/session/alive"));
    await page.keyboard.press("Enter");
    assert.equal((await alive).status(), 204);
    await warning.waitFor({ state: "hidden" });

    await field(page, "Dẫn đề (sapo)").fill("Viết được nửa câu thì");
    const edit = new URL(page.url()).pathname;
    await page.clock.fastForward((idle_s + 5) * 1000);
    await page.waitForURL(/\/desk\/sign-in\?next=/);
    await story.signIn(page, "writer");
    await page.waitForURL((url) => url.pathname === edit);
    assert.equal(await field(page, "Tiêu đề").inputValue(), "Bài viết dở khi có khách");
    assert.equal(await field(page, "Dẫn đề (sapo)").inputValue(), "Viết được nửa câu thì");
  });

  test("an administrator's session ends after five minutes", async () => {
    const page = await story.at("administrator");
    assert.equal(await page.evaluate(() => document.body.dataset.idleS), "300");
  });
}
