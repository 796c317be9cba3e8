// A citizen reads what was published, finds it, subscribes to it, and sees that the promise was kept.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../lib/story.mjs";
import { CAPTION, TITLE } from "./newsroom.mjs";
import { ACTIVITY } from "./plan.mjs";

const DATE_LINE = /^(Thứ (hai|ba|tư|năm|sáu|bảy)|Chủ nhật) - \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}$/;

export function citizens(story) {
  test("the article is on the portal as it was written", async () => {
    const { page } = await story.window();
    story.citizen = page;
    await page.goto("/");
    await story.peruse(page, "portal-home");
    await page.getByRole("link", { name: TITLE }).first().click();
    await page.getByRole("heading", { level: 1, name: TITLE }).waitFor();
    const article = page.getByRole("article");
    assert.match(await article.locator("header time").innerText(), DATE_LINE);
    assert.ok(Number.isFinite(Date.parse(await article.locator("header time").getAttribute("datetime"))));
    await article.getByText("không phải đến quầy lần thứ hai").waitFor();
    await article.locator("figcaption").filter({ hasText: CAPTION }).waitFor();
    for (const image of await article.locator("img").all()) {
      await image.scrollIntoViewIfNeeded();
      assert.ok(await image.evaluate((element) => element.decode().then(() => element.naturalWidth > 0)), await image.getAttribute("src"));
      assert.ok((await image.getAttribute("alt")).length > 10);
    }
    await article.getByText("Kết quả có trong ngày làm việc.").waitFor();
    assert.equal(await article.locator("[style], [onmouseover], font").count(), 0);
    await story.peruse(page, "portal-article");
  });

  test("each reader is counted", async () => {
    const first = await views(story.citizen);
    // One reader counts once in half an hour; another one at the same address has another browser.
    const { page } = await story.window({ userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" });
    await page.goto(story.article);
    await eventually("the second reader is counted", async () => (await views(page)) > first);
    await page.context().close();
  });

  test("search finds it with marks and without", async () => {
    const page = story.citizen;
    for (const words of ["chứng thực bản sao điện tử", "chung thuc ban sao dien tu"]) {
      await eventually(`found by “${words}”`, async () => {
        await page.goto("/");
        await page.getByLabel("Tìm trên cổng").fill(words);
        await page.keyboard.press("Enter");
        await page.waitForURL(/\/tim-kiem\?q=/);
        return (await page.getByRole("main").getByRole("link", { name: TITLE }).count()) > 0;
      });
    }
    await page.getByRole("link", { name: TITLE }).first().waitFor();
    await story.peruse(page, "portal-search");
    await page.goto(`/tim-kiem?q=${encodeURIComponent("xyzzy qwerty")}`);
    await page.getByRole("heading", { name: "Không tìm thấy bài nào" }).waitFor();
    await story.peruse(page, "portal-search-none");
    await page.getByRole("link", { name: "Cải cách hành chính", exact: true }).first().click();
    await story.peruse(page, "portal-category");
  });

  test("feeds, sitemap and API bring it, and an unchanged page is not sent twice", async () => {
    const { request } = story.citizen;
    for (const path of ["/feed.atom", "/rss.xml", "/feed.json"]) {
      const text = await (await request.get(path)).text();
      assert.ok(text.includes(TITLE) && text.includes(story.article), path);
    }
    const map = await (await request.get("/sitemap.xml")).text();
    const parts = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map((hit) => new URL(hit[1]).pathname);
    const texts = await Promise.all(parts.filter((path) => path.endsWith(".xml")).map(async (path) => (await request.get(path)).text()));
    assert.ok([map, ...texts].some((text) => text.includes(story.article)), "the sitemap does not name the article");
    const found = await (await request.get(`/api/v1/search?q=${encodeURIComponent(TITLE)}&limit=5`)).json();
    assert.ok(found.hits.some((hit) => hit.title === TITLE));
    const first = await request.get(story.article);
    const etag = first.headers()["etag"];
    assert.match(etag, /^"/);
    const again = await request.get(story.article, { headers: { "if-none-match": etag } });
    assert.equal(again.status(), 304);
    assert.equal((await again.body()).length, 0);
    assert.equal(first.headers()["set-cookie"], undefined);
  });

  test("the plan's page says that what was promised is done", async () => {
    const page = story.citizen;
    await page.goto("/ke-hoach/2024");
    const row = page.locator(".tree-row").filter({ hasText: ACTIVITY }).last();
    assert.match(await row.innerText(), /1\s*\/\s*1/);
    assert.match(await row.innerText(), /Đã xong|Xong muộn/);
    await story.peruse(page, "portal-plan");
    const promised = await (await page.request.get("/api/v1/plans/2024")).json();
    assert.ok(JSON.stringify(promised).includes(ACTIVITY));
    const officer = await story.at("officer");
    await officer.goto(story.activity);
    await officer.getByRole("link", { name: TITLE }).waitFor();
    await story.see(officer, "officer", "activity-done");
  });
}

function views(page) {
  return page.locator("[data-views]").first().evaluate((element) => Number(element.dataset.views));
}
