// The session guard. It counts idle time over all tabs, warns in the last minute, keeps the drafts before the end, and lets
// one press of a button stay. Only what a person does counts: keys, presses, typing; never a request of the page itself.

import { all, fill } from "../shared/dom";
import { announcement, idleAt, type IdleLimits, nextPingMs, readLimits } from "./idle_clock";
import { type SharedActivity, sharedActivity } from "./idle_shared";
import { saveEverything } from "./saving";

const TICK_MS = 1000;
/** Writing the shared time on every key would be waste; the clock needs seconds. */
const TOUCH_EVERY_MS = 1000;

export function guardSession(body: HTMLElement): void {
  const limits = readLimits(body.dataset.idleS, body.dataset.idleWarnS);
  if (limits) new SessionGuard(body, limits).start();
}

class SessionGuard {
  private readonly shared: SharedActivity = sharedActivity(Date.now());
  private readonly warning = new Warning(() => this.stay());
  private beforeS = Infinity;
  private pingTimer: number | undefined;
  private isOver = false;

  constructor(
    private readonly body: HTMLElement,
    private readonly limits: IdleLimits,
  ) {}

  start(): void {
    for (const name of ["keydown", "pointerdown", "input"]) {
      document.addEventListener(name, (event) => this.noticed(event), { capture: true, passive: true });
    }
    this.shared.onNews((news) => (news === "over" ? void this.end() : this.tick()));
    document.addEventListener("visibilitychange", () => this.tick());
    window.setInterval(() => this.tick(), TICK_MS);
  }

  private noticed(event: Event): void {
    // While the warning is open only its button counts: a cat on the keyboard does not keep a session.
    if (!event.isTrusted || this.isOver || this.warning.isOpen()) return;
    const now = Date.now();
    if (now - this.shared.last() >= TOUCH_EVERY_MS) this.shared.touch(now);
    this.pingSoon(now);
  }

  /** At most one ping a minute over all tabs; activity inside that minute is reported at its end. */
  private pingSoon(now: number): void {
    if (this.pingTimer !== undefined) return;
    this.pingTimer = window.setTimeout(() => {
      this.pingTimer = undefined;
      if (Date.now() - this.shared.lastPing() >= 59_000) void this.ping();
    }, nextPingMs(now, this.shared.lastPing()));
  }

  private async ping(): Promise<void> {
    this.shared.pinged(Date.now());
    try {
      const answer = await fetch(this.body.dataset.aliveUrl ?? "", {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-Loa-Alive": "1" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401) await this.end();
    } catch {
      // The network is away: the clock goes on, the next activity tries again.
    }
  }

  private stay(): void {
    this.shared.touch(Date.now());
    void this.ping();
    this.tick();
  }

  private tick(): void {
    if (this.isOver) return;
    const idle = idleAt(Date.now(), this.shared.last(), this.limits);
    if (idle.state === "over") return void this.end();
    if (idle.state === "warning") {
      if (this.warning.open()) void saveEverything();
      this.warning.show(idle.leftS, announcement(this.beforeS, idle.leftS));
    } else this.warning.close();
    this.beforeS = idle.leftS;
  }

  private async end(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    this.shared.over();
    await saveEverything();
    const url = new URL(this.body.dataset.expiredUrl ?? "/desk/sign-in", location.href);
    url.searchParams.set("next", location.pathname + location.search);
    location.assign(url);
  }
}

/** The dialog that the page brings along in `<template id="idle-warning">`. */
class Warning {
  private dialog: HTMLDialogElement | undefined;
  private isShown = false;

  constructor(private readonly stay: () => void) {}

  isOpen(): boolean {
    return this.isShown;
  }

  /** True if it was closed before. */
  open(): boolean {
    if (this.isShown) return false;
    this.isShown = true;
    this.dialog ??= this.make();
    this.dialog?.showModal();
    this.dialog?.querySelector<HTMLElement>("[data-idle-stay]")?.focus();
    return true;
  }

  show(leftS: number, announced: number | undefined): void {
    if (!this.dialog) return;
    for (const place of all("[data-idle-left]", this.dialog)) place.textContent = String(leftS);
    if (announced === undefined) return;
    for (const live of all("[data-idle-announce]", this.dialog)) {
      live.textContent = fill(live.dataset.idleAnnounce, { s: announced });
    }
  }

  close(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.dialog?.close();
  }

  private make(): HTMLDialogElement | undefined {
    const template = document.querySelector<HTMLTemplateElement>("template#idle-warning");
    if (!template) return undefined;
    document.body.append(template.content.cloneNode(true));
    const dialog = document.body.querySelector<HTMLDialogElement>("dialog[data-idle-warning]");
    if (!dialog) return undefined;
    for (const button of all("[data-idle-stay]", dialog)) button.addEventListener("click", () => this.stay());
    // Escape is a press like any other: it stays.
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.stay();
    });
    return dialog;
  }
}
