// The copy of a form that stays on this machine until the server has acknowledged it, so that nothing typed is lost when
// the network, the session or the machine goes away.

import { all } from "../shared/dom";

export type Fields = [name: string, value: string][];

export interface Draft {
  atMs: number;
  fields: Fields;
}

const PREFIX = "loa.draft.";
const SUBMITTED = "loa.submitted";
/** A copy nobody came back for is dropped: machines are shared. */
const KEPT_MS = 14 * 24 * 3600 * 1000;

/** Bound to the person as well: another person at the same machine is never offered it. */
export function draftKey(person: string | undefined, form: string): string {
  return `${PREFIX}${person ?? ""}.${form}`;
}

export function encodeDraft(draft: Draft): string {
  return JSON.stringify(draft);
}

/** The stored draft, or nothing if it is damaged or too old. */
export function decodeDraft(text: string | null, nowMs: number): Draft | undefined {
  try {
    const read = JSON.parse(text ?? "") as Draft;
    if (typeof read.atMs !== "number" || !Array.isArray(read.fields)) return undefined;
    const isWhole = read.fields.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === "string"));
    return isWhole && nowMs - read.atMs < KEPT_MS ? read : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two states of a form say the same; `ignored` names fields that are not the person's words. */
export function sameFields(one: Fields, other: Fields, ignored: readonly string[] = []): boolean {
  const words = (fields: Fields) => JSON.stringify(fields.filter(([name]) => !ignored.includes(name)));
  return words(one) === words(other);
}

/** Everything a form would send, except files and passwords, which are never copied. */
export function readFields(form: HTMLFormElement): Fields {
  const secret = new Set(all<HTMLInputElement>("input[type=password], [data-autosave-skip]", form).map((input) => input.name));
  const fields: Fields = [];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !secret.has(name)) fields.push([name, value.replace(/\r\n?/g, "\n")]);
  }
  return fields;
}

/** Puts a draft back into its form and tells everybody who listens. */
export function writeFields(form: HTMLFormElement, fields: Fields, ignored: readonly string[]): void {
  const left = fields.filter(([name]) => !ignored.includes(name));
  for (const control of all<HTMLInputElement>("input, textarea, select", form)) {
    if (!control.name || ignored.includes(control.name) || ["file", "password", "submit"].includes(control.type)) continue;
    const isChoice = control.type === "checkbox" || control.type === "radio";
    const at = left.findIndex(([name, value]) => name === control.name && (!isChoice || value === control.value));
    if (isChoice) control.checked = at >= 0;
    else if (at >= 0) control.value = left[at]![1];
    if (at >= 0) left.splice(at, 1);
  }
  form.dispatchEvent(new CustomEvent("loa:restored"));
  form.dispatchEvent(new Event("input", { bubbles: true }));
}

export function keepDraft(key: string, draft: Draft): void {
  try {
    localStorage.setItem(key, encodeDraft(draft));
  } catch {
    // Full or forbidden: the server's copy is all there is.
  }
}

export function findDraft(key: string, nowMs: number): Draft | undefined {
  try {
    const draft = decodeDraft(localStorage.getItem(key), nowMs);
    if (!draft) localStorage.removeItem(key);
    return draft;
  } catch {
    return undefined;
  }
}

export function dropDraft(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Forbidden: then there is none.
  }
}

/** Remembers that the form was sent by its own button; the next page says whether that worked. */
export function markSubmitted(key: string): void {
  try {
    sessionStorage.setItem(SUBMITTED, key);
  } catch {
    // The copy is then offered once more, which loses nothing.
  }
}

/** A signed-in page that is neither an error nor the form with its errors: what was sent has arrived. */
export function forgetSubmitted(page: Document): void {
  try {
    const key = sessionStorage.getItem(SUBMITTED);
    if (!key) return;
    sessionStorage.removeItem(SUBMITTED);
    const isGood = page.body.hasAttribute("data-idle-s") && !page.querySelector("[data-error-page], .error-summary");
    if (isGood) dropDraft(key);
  } catch {
    // Storage forbidden.
  }
}
