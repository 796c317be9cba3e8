// Drafts save themselves: two seconds after the last change, on leaving a field, the tab or the page. Every change is first
// copied to this machine; the copy goes when the server has acknowledged exactly that state.

import { all, fill } from "../shared/dom";
import {
  draftKey, dropDraft, type Fields, findDraft, keepDraft, markSubmitted, readFields, sameFields, writeFields,
} from "./drafts";
import { retryDelayMs, type Verdict, verdict } from "./retry";
import { onSaveRequest } from "./saving";

const QUIET_MS = 2000;
/** The copy on this machine follows sooner. */
const COPY_MS = 250;
/** Sending the form waits this long for a save that is on its way. */
const SAVE_PATIENCE_MS = 3000;
/** Browsers refuse larger bodies in requests that outlive the page. */
const KEEPALIVE_BYTES = 60_000;

interface Answer {
  /** Hidden fields to renew, e.g. the revision that the next save starts from. */
  set?: Record<string, string>;
}

export function startAutosave(form: HTMLFormElement): void {
  new Autosave(form).start();
}

class Autosave {
  private readonly key: string;
  private readonly ignored: string[];
  private saved: Fields;
  private timer: number | undefined;
  private copyTimer: number | undefined;
  /** What is on its way to the server at this moment. */
  private sending: Fields | undefined;
  private running: Promise<void> | undefined;
  private failures = 0;
  private isStopped = false;
  /** The person has sent the form while a save was on its way: it waits for the save, then it is ready to go. */
  private held: "waiting" | "ready" | undefined;

  constructor(private readonly form: HTMLFormElement) {
    this.key = draftKey(document.body.dataset.user, form.id || form.action);
    this.ignored = (form.dataset.autosaveIgnore ?? "revision").split(/\s+/);
    this.saved = readFields(form);
  }

  start(): void {
    this.offerDraft();
    this.form.addEventListener("input", () => this.changed());
    this.form.addEventListener("change", () => this.changed());
    this.form.addEventListener("focusout", () => void this.save());
    this.form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (this.held === "waiting") return event.preventDefault();
      if (this.running && this.held !== "ready") return void this.sendAfterwards(event);
      this.held = undefined;
      markSubmitted(this.key);
      this.stop();
    });
    document.addEventListener("visibilitychange", () => document.hidden && void this.save());
    window.addEventListener("pagehide", () => void this.save(true));
    window.addEventListener("beforeunload", () => void this.save(true));
    window.addEventListener("online", () => void this.save());
    window.addEventListener("pageshow", (event) => event.persisted && (this.isStopped = false));
    onSaveRequest(() => this.save());
  }

  /** Pressing the button leaves a field, which saves it: what is sent must start from the revision that this save makes. */
  private async sendAfterwards(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    this.held = "waiting";
    this.stop();
    await Promise.race([this.running, new Promise((done) => setTimeout(done, SAVE_PATIENCE_MS))]);
    this.held = "ready";
    this.form.requestSubmit(event.submitter);
  }

  private stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
    this.copy();
  }

  private changed(): void {
    // Also after a conflict or the end of the session: what is typed then is kept here at least.
    window.clearTimeout(this.copyTimer);
    this.copyTimer = window.setTimeout(() => this.copy(), COPY_MS);
    if (!this.isStopped) this.later(QUIET_MS);
  }

  private copy(): void {
    window.clearTimeout(this.copyTimer);
    this.copyTimer = undefined;
    const fields = readFields(this.form);
    if (sameFields(fields, this.saved, this.ignored)) dropDraft(this.key);
    else keepDraft(this.key, { atMs: Date.now(), fields });
  }

  private later(delayMs: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), delayMs);
  }

  /** One save at a time; what changes meanwhile goes with the next. */
  private async save(isLeaving = false): Promise<void> {
    if (this.copyTimer !== undefined) this.copy();
    if (this.running && !isLeaving) await this.running;
    const fields = readFields(this.form);
    if (this.isStopped || sameFields(fields, this.sending ?? this.saved, this.ignored)) return this.running;
    window.clearTimeout(this.timer);
    this.sending = fields;
    const run = this.send(fields, isLeaving).finally(() => {
      if (this.running !== run) return;
      this.running = undefined;
      this.sending = undefined;
    });
    this.running = run;
    await run;
  }

  private async send(fields: Fields, isLeaving: boolean): Promise<void> {
    this.say("saving");
    const body = new URLSearchParams(fields).toString();
    try {
      const answer = await fetch(this.form.dataset.autosaveUrl ?? "", {
        method: "POST",
        body,
        credentials: "same-origin",
        redirect: "manual",
        keepalive: isLeaving && body.length < KEEPALIVE_BYTES,
        headers: { "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", "X-Loa-Autosave": "1" },
      });
      const found = verdict(answer.status, answer.type === "opaqueredirect");
      const told = found === "saved" ? await readAnswer(answer) : {};
      this.settle(found, fields, told);
    } catch {
      this.settle("retry", fields, {});
    }
  }

  private settle(found: Verdict, fields: Fields, told: Answer): void {
    switch (found) {
      case "saved":
        return this.acknowledged(fields, told);
      case "retry":
        this.failures += 1;
        this.say("failed");
        return this.later(retryDelayMs(this.failures));
      case "refused":
        return this.say("failed");
      case "expired":
      case "conflict":
        this.say(found);
        // Saving again would fail again, or overwrite a colleague; the copy on this machine stays.
        return this.stop();
    }
  }

  private acknowledged(fields: Fields, told: Answer): void {
    this.failures = 0;
    this.saved = fields;
    for (const [name, value] of Object.entries(told.set ?? {})) {
      for (const hidden of all<HTMLInputElement>("input[type=hidden]", this.form)) {
        if (hidden.name === name) hidden.value = value;
      }
    }
    if (sameFields(readFields(this.form), fields, this.ignored)) dropDraft(this.key);
    else this.later(QUIET_MS);
    this.say("saved");
  }

  /** Saving and saved are only shown; what a person must act on is also spoken. */
  private say(state: "saving" | "saved" | "failed" | "expired" | "conflict"): void {
    const place = this.form.querySelector<HTMLElement>("[data-autosave-status]");
    if (!place) return;
    const isNews = state !== "saving" && state !== "saved";
    place.setAttribute("aria-live", isNews ? "assertive" : "off");
    const now = new Date();
    const time = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")}`;
    place.dataset.state = state;
    place.textContent = fill(place.dataset[state], { time });
  }

  private offerDraft(): void {
    const draft = findDraft(this.key, Date.now());
    if (!draft) return;
    if (sameFields(draft.fields, this.saved, this.ignored)) return dropDraft(this.key);
    const offer = this.form.querySelector<HTMLElement>("[data-draft-offer]");
    if (!offer) return;
    offer.hidden = false;
    const at = new Date(draft.atMs).toLocaleString(document.documentElement.lang || "vi", { dateStyle: "short", timeStyle: "short" });
    for (const place of all("[data-draft-time]", offer)) place.textContent = at;
    offer.querySelector("[data-draft-restore]")?.addEventListener("click", () => {
      writeFields(this.form, draft.fields, this.ignored);
      offer.hidden = true;
      this.form.querySelector<HTMLElement>("input:not([type=hidden]), textarea, [contenteditable]")?.focus();
    });
    offer.querySelector("[data-draft-discard]")?.addEventListener("click", () => {
      dropDraft(this.key);
      offer.hidden = true;
    });
  }
}

async function readAnswer(answer: Response): Promise<Answer> {
  if (!answer.headers.get("content-type")?.includes("json")) return {};
  return ((await answer.json().catch(() => ({}))) as Answer | null) ?? {};
}
