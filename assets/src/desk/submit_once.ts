// A second press while the first is on its way does nothing. The server keeps its own guard; this one saves the surprise.

const AGAIN_MS = 10_000;

export function submitOnce(page: Document): void {
  const sent = new WeakMap<HTMLFormElement, number>();
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    if (event.defaultPrevented || form.method === "get" || form.target || form.hasAttribute("data-submit-often")) return;
    const before = sent.get(form);
    if (before !== undefined && Date.now() - before < AGAIN_MS) return event.preventDefault();
    sent.set(form, Date.now());
    const button = (event as SubmitEvent).submitter;
    if (!button) return;
    button.setAttribute("aria-disabled", "true");
    const free = () => {
      button.removeAttribute("aria-disabled");
      sent.delete(form);
    };
    window.setTimeout(free, AGAIN_MS);
    // Back from the next page, out of the browser's memory: the form is alive again.
    window.addEventListener("pageshow", (back) => back.persisted && free(), { once: true });
  });
}
