// What the chapters share: the office, the people at their browsers, and what has become of the plan and its articles.

import assert from "node:assert/strict";
import { openBrowser, openWindow } from "./browser.mjs";
import { look } from "./looking.mjs";
import { Office, scratch } from "./office.mjs";

export class Story {
  /** Pages of the desk that were looked at, by role, for the chapter that reads them again in English. */
  seen = new Map();
  /** Pages of the portal that were looked at. */
  read = new Set();
  #people = new Map();
  #windows = [];

  async open() {
    this.scratch = await scratch();
    this.office = await Office.open("--dir", `${this.scratch.path}/data`);
    this.browser = await openBrowser();
  }

  async close() {
    await this.browser?.close();
    await this.office?.close();
    await this.scratch?.remove();
  }

  /** Time goes on: the office closes and opens again on a later day, and everybody signs in anew. */
  async on(time) {
    this.office = await this.office.again(time);
    this.#people.clear();
  }

  /** A window of nobody in particular. */
  async window(options) {
    const opened = await openWindow(this.browser, this.office.origin, options);
    this.#windows.push(opened);
    return opened;
  }

  /** The page of the person with this role, signed in. */
  async at(role) {
    if (!this.#people.has(role)) this.#people.set(role, await this.window());
    const { page } = this.#people.get(role);
    if (page.url() === "about:blank") await this.signIn(page, role);
    return page;
  }

  /** From now on this page is the one of the person with this role. */
  settle(role, page) {
    this.#people.set(role, this.#windows.find(({ context }) => context === page.context()));
  }

  watch(page) {
    return this.#windows.find(({ context }) => context === page.context()).watch;
  }

  async signIn(page, role) {
    const account = this.office.account(role);
    if (!page.url().includes("/desk/sign-in")) await page.goto("/desk/sign-in");
    await page.getByLabel("Thư điện tử công vụ").fill(account.email);
    await page.getByLabel("Mật khẩu").fill(account.password);
    await page.getByRole("button", { name: "Đăng nhập" }).click();
    await page.waitForURL((url) => !url.pathname.startsWith("/desk/sign-in"));
  }

  look(page, name, lang) {
    return look(page, name, lang);
  }

  /** Looks at a desk page and remembers it. */
  async see(page, role, name) {
    await look(page, `${role}-${name}`);
    const { pathname, search } = new URL(page.url());
    if (!this.seen.has(role)) this.seen.set(role, new Map());
    this.seen.get(role).set(name, pathname + search.replace(/[?&]done=[^&]*/, ""));
  }

  /** Looks at a portal page and remembers it. */
  async peruse(page, name) {
    await look(page, name);
    const { pathname, search } = new URL(page.url());
    this.read.add([name, pathname + search]);
  }

  /** No window had anything to complain of. */
  hearNothing() {
    assert.deepEqual(this.#windows.flatMap(({ watch }) => watch.complaints()), []);
  }
}

/** By the desk's own navigation. */
export function go(page, name) {
  return page.getByRole("navigation", { name: "Bàn làm việc" }).getByRole("link", { name, exact: true }).click();
}

/** The line or area to type into that has exactly this name. */
export function field(page, name) {
  return page.getByRole("textbox", { name, exact: true });
}

/** Goes there by keyboard alone, as far as needed, and says that it can be seen where one is. */
export async function tabTo(page, target) {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) {
      assert.ok(await target.evaluate((element) => element.matches(":focus-visible")), "the focus cannot be seen");
      return;
    }
  }
  assert.fail(`not reached by Tab: ${target}`);
}

/** Asks until the answer is true; for what becomes true a moment after the act, such as the search index. */
export async function eventually(what, ask, patience_ms = 20_000) {
  const end = Date.now() + patience_ms;
  while (!(await ask())) assert.ok(Date.now() < end, `still not: ${what}`);
}

/** The message that the page shows after an act. */
export async function told(page, words) {
  await page.locator(".notice-success").filter({ hasText: words }).waitFor();
}

/** Every field of this list has its own error, and the summary leads to each. */
export async function refusedAt(page, fields) {
  const summary = page.getByRole("alert");
  await summary.waitFor();
  for (const id of fields) {
    await page.locator(`[id="${id}-error"]`).waitFor();
    assert.equal(await summary.locator(`a[href="#${id}"]`).count(), 1, `the summary does not lead to ${id}`);
  }
  assert.equal(await summary.locator("li").count(), fields.length, await summary.innerText());
}
