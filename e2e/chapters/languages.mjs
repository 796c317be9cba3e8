// Everything that was read before, again in English.

import { test } from "node:test";
import { look } from "../lib/looking.mjs";

export function languages(story) {
  test("the administrator's pages hold in both languages", async () => {
    const page = await story.at("administrator");
    for (const [path, name] of [["/desk", "home"], ["/desk/accounts", "accounts"], ["/desk/accounts/new", "account-new"], ["/desk/units", "units"], ["/desk/units/new", "unit-new"], ["/desk/agency", "agency"], ["/desk/password", "password"]]) {
      await page.goto(path);
      await story.see(page, "administrator", name);
    }
  });

  test("every page of the portal holds in English", async () => {
    const page = story.citizen;
    for (const [name, path] of story.read) {
      await page.goto(`/en${path}`);
      await look(page, name, "en");
    }
  });

  test("every page of the desk holds in English", async (t) => {
    for (const [role, pages] of story.seen) {
      await t.test(role, async () => {
        const page = await story.at(role);
        await page.goto("/desk");
        await page.locator("details.menu > summary").click();
        await page.getByRole("button", { name: "English" }).click();
        await page.locator("html[lang=en]").waitFor();
        for (const [name, path] of pages) {
          await page.goto(path);
          await look(page, `${role}-${name}`, "en");
        }
        await page.locator("details.menu > summary").click();
        await page.getByRole("button", { name: "Tiếng Việt" }).click();
        await page.locator("html[lang=vi]").waitFor();
      });
    }
  });
}
