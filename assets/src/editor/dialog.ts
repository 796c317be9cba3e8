// The editor's small dialogs: labelled fields, errors at the field, Escape and Cancel give up, focus returns to the text.

import { element } from "../shared/dom";

export interface Field {
  control: HTMLInputElement | HTMLTextAreaElement;
  label: string;
  hint?: string;
  /** Stands below the control, e.g. a preview. */
  after?: HTMLElement[];
  /** The refusal for what stands in the field, or nothing. */
  check?: () => string | undefined;
}

export interface Question {
  title: string;
  save: string;
  cancel: string;
  fields: Field[];
  /** Does the work; a text that comes back is shown as the form's error, and the dialog stays. */
  accept: () => Promise<string | undefined>;
}

let number = 0;

export function ask(question: Question): Promise<boolean> {
  return new Promise((answer) => {
    number += 1;
    const failed = element("p", { class: "field-error", role: "alert", hidden: true });
    const rows = question.fields.map((field, at) => row(field, `editor-ask-${number}-${at}`));
    const save = element("button", { type: "submit", class: "button" }, question.save);
    const cancel = element("button", { type: "button", class: "button button-secondary" }, question.cancel);
    const title = element("h2", { id: `editor-ask-${number}` }, question.title);
    const form = element("form", { novalidate: true, "data-submit-often": true },
      title, failed, ...rows.map((made) => made.box), element("div", { class: "button-row" }, save, cancel));
    const dialog = element("dialog", { class: "dialog", "aria-labelledby": title.id }, form);
    let isDone = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (save.hasAttribute("aria-disabled")) return;
      const wrong = rows.filter((made) => !made.check());
      if (wrong.length > 0) return wrong[0]!.control.focus();
      save.setAttribute("aria-disabled", "true");
      void question.accept().then((refusal) => {
        save.removeAttribute("aria-disabled");
        failed.hidden = !refusal;
        failed.textContent = refusal ?? "";
        isDone = !refusal;
        if (isDone) dialog.close();
      });
    });
    cancel.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(isDone);
    });
    document.body.append(dialog);
    dialog.showModal();
    question.fields[0]?.control.focus();
  });
}

function row(field: Field, id: string) {
  const { control } = field;
  control.id = id;
  const error = element("p", { class: "field-error", id: `${id}-error`, hidden: true });
  const hint = element("p", { class: "field-hint", id: `${id}-hint`, hidden: !field.hint }, field.hint ?? "");
  const box = element("div", { class: "field" }, element("label", { class: "field-label", for: id }, field.label), hint, error, control, ...(field.after ?? []));
  control.setAttribute("aria-describedby", `${hint.id} ${error.id}`);
  const check = (): boolean => {
    const refusal = field.check?.();
    error.hidden = !refusal;
    error.textContent = refusal ?? "";
    box.toggleAttribute("data-invalid", refusal !== undefined);
    control.setAttribute("aria-invalid", String(refusal !== undefined));
    return refusal === undefined;
  };
  return { box, control, check };
}
