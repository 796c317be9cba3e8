// Chromium as Debian brings it, and what is watched in it all the time.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 360, height: 740 };

const PLACES = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
  "--disable-sync",
  // Whatever asks for another machine gets no answer, so that it is seen here and not only where there is no network.
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/** A browser without a window calls itself a robot, and robots are not counted as readers. */
const READER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

/** Headless, with a new empty profile that goes away with it. */
export function openBrowser() {
  const executablePath = PLACES.find((path) => path && existsSync(path));
  assert.ok(executablePath, "no Chromium found: apt-get install chromium");
  return chromium.launch({ executablePath, headless: true, args: FLAGS });
}

/** One person's browser: own cookies, own storage; every complaint of the browser is kept. */
export async function openWindow(browser, origin, options = {}) {
  const context = await browser.newContext({ baseURL: origin, viewport: WIDE, locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", userAgent: READER, ...options });
  context.setDefaultTimeout(10_000);
  const watch = new Watch(context, origin);
  await context.addInitScript(reportPolicyViolations);
  return { context, watch, page: await context.newPage() };
}

/** Collects console errors, exceptions, policy violations and requests to other places. */
class Watch {
  #heard = [];
  #expected = [];

  constructor(context, origin) {
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.#heard.push(`${message.page()?.url()}: ${message.text()}`);
    });
    context.on("weberror", (error) => this.#heard.push(`${error.page()?.url()}: ${error.error().stack}`));
    context.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && url.origin !== origin) this.#heard.push(`a request to ${url.href}`);
    });
  }

  /** The browser also complains of an answer that is meant to be a refusal. */
  expect(status) {
    this.#expected.push(`the server responded with a status of ${status} `);
  }

  /** What was heard and not expected. */
  complaints() {
    const left = [...this.#expected];
    return this.#heard.filter((text) => {
      const at = left.findIndex((part) => text.includes(part));
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    });
  }
}

function reportPolicyViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
  });
}
