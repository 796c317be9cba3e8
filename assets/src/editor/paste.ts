// Paste from Word, Google Docs and pages: the server cleans it and answers with a document; if it cannot be asked, the
// editor's own schema reads it. Either way only what the schema knows arrives.

import { Extension } from "@tiptap/core";
import { type Node, Slice } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { isOurs, tidyClipboard } from "./clipboard";

export interface PasteOptions {
  url: string | undefined;
  takeFile: (file: File) => void;
  /** Tells the person: cleaning, failed (then done locally), done. */
  tell: (state: "pasting" | "pasteFailed" | "") => void;
}

const PATIENCE_MS = 10_000;

interface Range {
  from: number;
  to: number;
}

/** Where a paste that is still at the server will go, moved along with every change meanwhile. */
const waiting = new PluginKey<Range | null>("loaPaste");

export const CleanPaste = Extension.create<PasteOptions>({
  name: "cleanPaste",
  addOptions: () => ({ url: undefined, takeFile: () => {}, tell: () => {} }),
  addProseMirrorPlugins() {
    const options = this.options;
    return [
      new Plugin<Range | null>({
        key: waiting,
        state: {
          init: () => null,
          apply(tr, range) {
            const set = tr.getMeta(waiting) as Range | null | undefined;
            if (set !== undefined) return set;
            return range && { from: tr.mapping.map(range.from, -1), to: tr.mapping.map(range.to, 1) };
          },
        },
        props: {
          transformPastedHTML: tidyClipboard,
          handlePaste: (view, event) => takePaste(view, event.clipboardData, options),
          handleDrop: (_view, event) => takeFiles(event.dataTransfer, options),
        },
      }),
    ];
  },
});

function takeFiles(data: DataTransfer | null, options: PasteOptions): boolean {
  const picture = [...(data?.files ?? [])].find((file) => file.type.startsWith("image/"));
  if (!picture) return false;
  options.takeFile(picture);
  return true;
}

function takePaste(view: EditorView, data: DataTransfer | null, options: PasteOptions): boolean {
  const html = data?.getData("text/html") ?? "";
  // Word puts a picture of the text beside the text: the text is what was meant.
  if (html === "") return takeFiles(data, options);
  if (!options.url || isOurs(html) || view.state.selection.$from.parent.type.spec.code) return false;
  const { from, to } = view.state.selection;
  view.dispatch(view.state.tr.setMeta(waiting, { from, to }));
  void cleanAndInsert(view, html, options as PasteOptions & { url: string });
  return true;
}

async function cleanAndInsert(view: EditorView, html: string, options: PasteOptions & { url: string }): Promise<void> {
  options.tell("pasting");
  const cleaned = await askServer(view, html, options.url);
  if (view.isDestroyed) return;
  const range = waiting.getState(view.state) ?? view.state.selection;
  if (cleaned) {
    const tr = view.state.tr.replaceRange(range.from, range.to, Slice.maxOpen(cleaned.content));
    view.dispatch(tr.setMeta(waiting, null).setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView());
  } else {
    const place = TextSelection.between(view.state.doc.resolve(range.from), view.state.doc.resolve(range.to));
    view.dispatch(view.state.tr.setSelection(place).setMeta(waiting, null));
    view.pasteHTML(html);
  }
  options.tell(cleaned ? "" : "pasteFailed");
}

async function askServer(view: EditorView, html: string, url: string): Promise<Node | undefined> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      body: html,
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "Content-Type": "text/html;charset=UTF-8", Accept: "application/json", "X-Loa-Paste": "1" },
    });
    if (!answer.ok) return undefined;
    const { doc } = (await answer.json()) as { doc: unknown };
    const node = view.state.schema.nodeFromJSON(doc);
    node.check();
    return node;
  } catch {
    return undefined;
  }
}
