// Puts an editor into the page: reads the document from its hidden field, writes every change back, hides the plain field.

import { Editor, type Extensions, getSchema } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { element, fill } from "../shared/dom";
import { countWords, type JsonNode, readDocument } from "./content";
import { extensions } from "./extensions";
import type { FigureAttrs } from "./figure";
import { askFigureWords, askNewFigure, type Picture } from "./image_dialog";
import { askLink } from "./link_dialog";
import { Toolbar } from "./toolbar";
import { readWords, type Words } from "./words";

type Store = HTMLInputElement | HTMLTextAreaElement;

export function mount(place: HTMLElement): void {
  const store = document.querySelector<Store>(place.dataset.input ?? "");
  if (!store) return console.error("editor: no field", place.dataset.input);
  const around = place.closest("form") ?? document;
  const words = readWords(
    (around.querySelector("[data-editor-words]") ?? document.querySelector("[data-editor-words]"))?.textContent,
    (missing) => console.warn("editor: words missing", missing),
  );
  new Surface(place, store, around.querySelector<HTMLTextAreaElement>("[data-editor-fallback]"), words).start();
}

class Surface {
  private readonly status = element("p", { role: "status" });
  private readonly count = element("p");
  private editor!: Editor;

  constructor(
    private readonly place: HTMLElement,
    private readonly store: Store,
    private readonly fallback: HTMLTextAreaElement | null,
    private readonly words: Words,
  ) {}

  start(): void {
    const known = this.extensions();
    const content = readKnown(this.store.value, known);
    // Nothing that cannot be shown is opened: saving it would lose what is not understood. The plain field stays.
    if (!content) return this.place.replaceChildren(element("p", { class: "notice notice-error", role: "alert" }, this.words.unreadable));
    const page = element("div", { class: "editor-page" });
    const help = element("p", { class: "visually-hidden", id: `${this.store.id}-help` }, this.words.help);
    this.editor = new Editor({
      element: page,
      extensions: known,
      content,
      injectCSS: false,
      editorProps: { attributes: this.attributes(help.id), handleKeyDown: (_view, event) => this.toToolbar(event) },
      onUpdate: () => this.changed(),
    });
    this.toolbar = new Toolbar(this.editor, this.words, this.sprite(), {
      link: () => void askLink(this.editor, this.words),
      image: () => void this.image(),
    });
    const foot = element("div", { class: "editor-foot" }, this.status, this.count);
    this.place.classList.add("editor");
    this.place.replaceChildren(this.toolbar.bar, help, page, foot);
    this.place.hidden = false;
    this.hideFallback();
    this.showCount();
    this.store.form?.addEventListener("loa:restored", () => this.reload());
  }

  private toolbar: Toolbar | undefined;

  private sprite(): string {
    return this.place.dataset.icons ?? document.body.dataset.icons ?? "";
  }

  private picture(): Picture {
    return { editor: this.editor, words: this.words, uploadUrl: this.place.dataset.uploadUrl ?? "" };
  }

  private extensions(): Extensions {
    return extensions({
      placeholder: this.words.placeholder,
      askLink: () => void askLink(this.editor, this.words),
      figure: {
        fileUrl: this.place.dataset.fileUrl ?? "/tep/",
        sprite: this.sprite(),
        editLabel: this.words.imageEdit,
        removeLabel: this.words.imageRemove,
        edit: (at, attrs) => void askFigureWords(this.picture(), at, attrs),
      },
      paste: {
        url: this.place.dataset.pasteUrl,
        takeFile: (file) => void askNewFigure(this.picture(), file),
        tell: (state) => (this.status.textContent = state && this.words[state]),
      },
    });
  }

  /** The plain field's identity passes to the editor: links of the error summary and descriptions go on working. */
  private attributes(helpId: string): Record<string, string> {
    const { fallback } = this;
    const label = fallback?.labels?.[0];
    if (label && !label.id) label.id = `${this.store.id}-label`;
    const attributes: Record<string, string> = {
      class: "prose",
      role: "textbox",
      "aria-multiline": "true",
      "aria-describedby": [fallback?.getAttribute("aria-describedby"), helpId].filter(Boolean).join(" "),
    };
    if (label) attributes["aria-labelledby"] = label.id;
    else attributes["aria-label"] = this.words.placeholder;
    if (fallback?.id) attributes.id = fallback.id;
    if (fallback?.getAttribute("aria-invalid") === "true") attributes["aria-invalid"] = "true";
    if (fallback?.required) attributes["aria-required"] = "true";
    label?.addEventListener("click", () => this.editor.commands.focus());
    return attributes;
  }

  private hideFallback(): void {
    if (!this.fallback) return;
    this.fallback.hidden = true;
    this.fallback.disabled = true;
    this.fallback.removeAttribute("id");
  }

  private toToolbar(event: KeyboardEvent): boolean {
    if (!event.altKey || event.key !== "F10") return false;
    this.toolbar?.focus();
    return true;
  }

  private async image(): Promise<void> {
    const { selection } = this.editor.state;
    const isFigure = selection instanceof NodeSelection && selection.node.type.name === "figure";
    if (isFigure) return askFigureWords(this.picture(), selection.from, selection.node.attrs as FigureAttrs);
    return askNewFigure(this.picture());
  }

  private changed(): void {
    this.store.value = JSON.stringify(this.editor.getJSON());
    this.store.dispatchEvent(new Event("input", { bubbles: true }));
    this.showCount();
  }

  private showCount(): void {
    const text = this.editor.state.doc.textBetween(0, this.editor.state.doc.content.size, " ", " ");
    this.count.textContent = fill(this.words.words, { n: countWords(text) });
  }

  /** A draft was put back into the form. */
  private reload(): void {
    const content = readKnown(this.store.value, this.extensions());
    if (content) this.editor.commands.setContent(content, { emitUpdate: false });
    this.showCount();
  }
}

/** The document, if the schema knows everything in it. */
function readKnown(text: string, known: Extensions): JsonNode | undefined {
  const read = readDocument(text);
  if (!read) return undefined;
  try {
    getSchema(known).nodeFromJSON(read).check();
    return read;
  } catch (why) {
    console.error("editor: document not understood", why);
    return undefined;
  }
}
