// Buttons that are hidden in the page because they can do nothing without a script.

export function offerPrint(page: Document): void {
  for (const button of page.querySelectorAll<HTMLElement>("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** Shares by the device's own sheet, otherwise copies the address and says so in `data-copied`. */
export function offerShare(page: Document): void {
  for (const button of page.querySelectorAll<HTMLElement>("[data-share]")) {
    if (!navigator.share && !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", () => void share(page, button));
  }
}

async function share(page: Document, button: HTMLElement): Promise<void> {
  const url = page.querySelector<HTMLLinkElement>("link[rel=canonical]")?.href ?? location.href;
  try {
    if (navigator.share) return await navigator.share({ title: page.title, url });
    await navigator.clipboard.writeText(url);
    const said = page.querySelector<HTMLElement>("[data-share-said]");
    if (said) said.textContent = button.dataset.copied ?? "";
  } catch {
    // The reader closed the sheet or forbade the clipboard.
  }
}
