// A picture with its text for those who do not see it, and an optional caption. The document holds the file's SHA-256 only;
// where files are served is the page's business.

import { Node } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { element, icon } from "../shared/dom";
import { isFileHash } from "./content";

export interface FigureAttrs {
  file: string;
  alt: string;
  caption: string | null;
}

export interface FigureOptions {
  /** Address of a file: this followed by its hash. */
  fileUrl: string;
  sprite: string;
  editLabel: string;
  removeLabel: string;
  edit: (at: number, attrs: FigureAttrs) => void;
}

function fromElement(dom: HTMLElement): FigureAttrs | false {
  const image = dom.querySelector("img");
  const file = dom.getAttribute("data-file");
  if (!image || !isFileHash(file)) return false;
  return { file, alt: image.alt, caption: dom.querySelector("figcaption")?.textContent || null };
}

export const Figure = Node.create<FigureOptions>({
  name: "figure",
  group: "block",
  atom: true,
  draggable: true,
  addOptions: () => ({ fileUrl: "/tep/", sprite: "", editLabel: "", removeLabel: "", edit: () => {} }),
  addAttributes: () => ({
    file: { default: null, rendered: false },
    alt: { default: "", rendered: false },
    caption: { default: null, rendered: false },
  }),
  parseHTML: () => [{ tag: "figure[data-file]", getAttrs: fromElement }],
  renderHTML({ node }) {
    const { file, alt, caption } = node.attrs as FigureAttrs;
    const image = ["img", { src: this.options.fileUrl + file, alt }];
    return ["figure", { "data-file": file }, image, ...(caption ? [["figcaption", caption]] : [])];
  },
  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { selection } = this.editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type.name !== this.name) return false;
        this.options.edit(selection.from, selection.node.attrs as FigureAttrs);
        return true;
      },
    };
  },
  addNodeView() {
    return ({ node, view, getPos }) => {
      const dom = draw(this.options, node.attrs as FigureAttrs, view, getPos as () => number | undefined);
      // The buttons are ours; everything else about a figure is the editor's.
      return { dom, stopEvent: (event) => (event.target as HTMLElement).closest("button") !== null, ignoreMutation: () => true };
    };
  },
});

function draw(options: FigureOptions, attrs: FigureAttrs, view: EditorView, getPos: () => number | undefined): HTMLElement {
  const src = isFileHash(attrs.file) ? options.fileUrl + attrs.file : undefined;
  const tool = (label: string, name: string, act: (at: number) => void) => {
    const button = element("button", { type: "button", class: "editor-button", title: label, "aria-label": label }, icon(options.sprite, name));
    button.addEventListener("click", () => {
      const at = getPos();
      if (at !== undefined) act(at);
    });
    return button;
  };
  const remove = (at: number) => {
    view.dispatch(view.state.tr.delete(at, at + 1));
    view.focus();
  };
  return element("figure", { contenteditable: "false" },
    element("img", { src, alt: attrs.alt, draggable: "false" }),
    ...(attrs.caption ? [element("figcaption", {}, attrs.caption)] : []),
    element("div", { class: "editor-figure-edit" },
      tool(options.editLabel, "pencil", (at) => options.edit(at, attrs)),
      tool(options.removeLabel, "trash", remove)));
}
