// The bar above the text: real buttons, one Tab stop, pressed and disabled told to assistive technology.

import type { Editor } from "@tiptap/core";
import { all, element, icon } from "../shared/dom";
import { nextPlace } from "./roving";
import { type Asks, mainTools, TABLE_TOOLS, type Tool } from "./tools";
import type { Words } from "./words";

export class Toolbar {
  readonly bar: HTMLElement;
  private readonly tableGroup: HTMLElement;
  private readonly buttons: { tool: Tool; button: HTMLButtonElement }[] = [];
  private frame = 0;

  constructor(private readonly editor: Editor, private readonly words: Words, private readonly sprite: string, asks: Asks) {
    const groups = mainTools(asks).map((tools) => this.group(tools, "editor-group"));
    this.tableGroup = this.group(TABLE_TOOLS, "editor-group editor-table");
    this.tableGroup.setAttribute("aria-label", words.table);
    this.bar = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": words.toolbar }, ...groups, this.tableGroup);
    this.bar.addEventListener("keydown", (event) => this.moved(event));
    this.bar.addEventListener("focusin", (event) => this.stopAt(event.target as HTMLElement));
    editor.on("transaction", () => this.refreshSoon());
    this.refresh();
    this.stopAt(this.buttons[0]?.button);
  }

  /** Alt+F10 in the text comes here. */
  focus(): void {
    this.bar.querySelector<HTMLElement>("button[tabindex='0']")?.focus();
  }

  private group(tools: Tool[], name: string): HTMLElement {
    return element("div", { class: name, role: "group" }, ...tools.map((tool) => this.make(tool)));
  }

  private make(tool: Tool): HTMLButtonElement {
    const word = this.words[tool.word];
    // What is seen is part of the name: people who speak to their computer say what they see.
    const label = tool.letters ? `${tool.letters}: ${word}` : word;
    const button = element("button", {
      type: "button", class: "editor-button", tabindex: "-1", "aria-label": label, "aria-keyshortcuts": tool.keys,
      title: tool.keys ? `${label} (${tool.keys.replace("Control", "Ctrl")})` : label,
    }, tool.icon ? icon(this.sprite, tool.icon) : (tool.letters ?? word));
    // A press must not take the selection away from the text.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") tool.run(this.editor);
    });
    this.buttons.push({ tool, button });
    return button;
  }

  private moved(event: KeyboardEvent): void {
    if (event.key === "Escape") return void this.editor.commands.focus();
    const shown = all<HTMLButtonElement>("button", this.bar).filter((button) => !button.closest("[hidden]"));
    const next = nextPlace(event.key, shown.indexOf(event.target as HTMLButtonElement), shown.length);
    if (next === undefined) return;
    event.preventDefault();
    shown[next]?.focus();
  }

  private stopAt(target: HTMLElement | undefined): void {
    if (!target) return;
    for (const { button } of this.buttons) button.tabIndex = button === target ? 0 : -1;
  }

  private refreshSoon(): void {
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(() => this.refresh());
  }

  private refresh(): void {
    if (this.editor.isDestroyed) return;
    const isInTable = this.editor.isActive("table");
    if (!isInTable && this.tableGroup.contains(document.activeElement)) this.editor.commands.focus();
    this.tableGroup.hidden = !isInTable;
    for (const { tool, button } of this.buttons) {
      if (tool.isOn) button.setAttribute("aria-pressed", String(tool.isOn(this.editor)));
      if (tool.can) button.setAttribute("aria-disabled", String(!tool.can(this.editor)));
    }
    const stop = this.buttons.find(({ button }) => button.tabIndex === 0)?.button;
    if (stop?.closest("[hidden]")) this.stopAt(this.buttons[0]?.button);
  }
}
