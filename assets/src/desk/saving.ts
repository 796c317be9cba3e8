// How one part of the page asks the others to keep their drafts now.

export interface SaveRequest {
  /** Whoever has something to save adds the promise of it. */
  waitFor(saved: Promise<unknown>): void;
}

const EVENT = "loa:save";
/** Signing somebody out waits this long for the drafts; a copy on the machine is kept in any case. */
const PATIENCE_MS = 3000;

export function onSaveRequest(save: () => Promise<unknown>): void {
  document.addEventListener(EVENT, (event) => (event as CustomEvent<SaveRequest>).detail.waitFor(save()));
}

export async function saveEverything(): Promise<void> {
  const saves: Promise<unknown>[] = [];
  document.dispatchEvent(new CustomEvent<SaveRequest>(EVENT, { detail: { waitFor: (saved) => saves.push(saved) } }));
  const patience = new Promise((done) => setTimeout(done, PATIENCE_MS));
  await Promise.race([Promise.allSettled(saves), patience]);
}
