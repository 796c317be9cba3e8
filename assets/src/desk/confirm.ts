// Asks before an act that is hard to take back: `data-confirm` on a submit button or a form. The server asks again where it
// matters; this only spares a page.

import { element } from "../shared/dom";

export function askFirst(page: Document): void {
  page.addEventListener("submit", (event) => {
    const form = event.target as HTMLFormElement;
    const button = (event as SubmitEvent).submitter;
    const asker = button?.hasAttribute("data-confirm") ? button : form.hasAttribute("data-confirm") ? form : undefined;
    if (!asker || asker.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asker, () => {
      asker.dataset.confirmed = "1";
      form.requestSubmit(button);
      delete asker.dataset.confirmed;
    });
  }, true);
}

function ask(asker: HTMLElement, go: () => void): void {
  const { confirm = "", confirmYes, confirmNo } = asker.dataset;
  if (!confirmYes || !confirmNo) {
    if (window.confirm(confirm)) go();
    return;
  }
  const question = element("h2", { id: "confirm-question" }, confirm);
  const no = element("button", { type: "button", class: "button button-secondary" }, confirmNo);
  const yes = element("button", { type: "button", class: "button" }, confirmYes);
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": "confirm-question" },
    question, element("div", { class: "button-row" }, yes, no));
  const close = () => dialog.close();
  no.addEventListener("click", close);
  yes.addEventListener("click", () => {
    close();
    go();
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  no.focus();
}
