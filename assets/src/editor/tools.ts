// The buttons of the toolbar, as a table: name (also its word), icon or letters, what it does, when it is on, when it can.

import type { Editor } from "@tiptap/core";
import type { WordKey } from "./words";

export interface Tool {
  word: WordKey;
  icon?: string;
  letters?: string;
  keys?: string;
  run: (editor: Editor) => void;
  isOn?: (editor: Editor) => boolean;
  can?: (editor: Editor) => boolean;
}

export interface Asks {
  link: () => void;
  image: () => void;
}

const mark = (word: WordKey, icon: string, keys?: string): Tool => ({
  word, icon, keys,
  run: (editor) => editor.chain().focus().toggleMark(word).run(),
  isOn: (editor) => editor.isActive(word),
});

const heading = (level: 2 | 3 | 4): Tool => ({
  word: `heading${level}`,
  letters: `H${level}`,
  keys: `Control+Alt+${level}`,
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
  isOn: (editor) => editor.isActive("heading", { level }),
});

/** Groups of buttons, in the order of the bar. */
export function mainTools(asks: Asks): Tool[][] {
  return [
    [
      { word: "undo", icon: "undo", keys: "Control+Z", run: (e) => e.chain().focus().undo().run(), can: (e) => e.can().undo() },
      { word: "redo", icon: "redo", keys: "Control+Y", run: (e) => e.chain().focus().redo().run(), can: (e) => e.can().redo() },
    ],
    [
      {
        word: "paragraph", icon: "paragraph", keys: "Control+Alt+0",
        run: (e) => e.chain().focus().setParagraph().run(), isOn: (e) => e.isActive("paragraph"),
      },
      heading(2), heading(3), heading(4),
    ],
    [
      mark("bold", "bold", "Control+B"), mark("italic", "italic", "Control+I"), mark("underline", "underline", "Control+U"),
      mark("strike", "strike", "Control+Shift+S"), mark("subscript", "subscript"), mark("superscript", "superscript"),
      { word: "clear", icon: "clear", run: (e) => e.chain().focus().unsetAllMarks().clearNodes().run() },
    ],
    [
      {
        word: "bulletList", icon: "list", keys: "Control+Shift+8",
        run: (e) => e.chain().focus().toggleBulletList().run(), isOn: (e) => e.isActive("bulletList"),
      },
      {
        word: "orderedList", icon: "list-ordered", keys: "Control+Shift+7",
        run: (e) => e.chain().focus().toggleOrderedList().run(), isOn: (e) => e.isActive("orderedList"),
      },
      {
        word: "quote", icon: "quote", keys: "Control+Shift+B",
        run: (e) => e.chain().focus().toggleBlockquote().run(), isOn: (e) => e.isActive("blockquote"),
      },
      { word: "rule", icon: "rule", run: (e) => e.chain().focus().setHorizontalRule().run() },
    ],
    [
      { word: "link", icon: "link", keys: "Control+K", run: asks.link, isOn: (e) => e.isActive("link") },
      {
        word: "unlink", icon: "unlink",
        run: (e) => e.chain().focus().extendMarkRange("link").unsetMark("link").run(), can: (e) => e.isActive("link"),
      },
      { word: "image", icon: "image", run: asks.image, isOn: (e) => e.isActive("figure") },
      {
        word: "table", icon: "table",
        run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
        can: (e) => !e.isActive("table"), isOn: (e) => e.isActive("table"),
      },
    ],
  ];
}

/** Shown while the cursor is in a table. */
export const TABLE_TOOLS: Tool[] = [
  { word: "rowAdd", icon: "row-add", run: (e) => e.chain().focus().addRowAfter().run() },
  { word: "rowRemove", icon: "row-remove", run: (e) => e.chain().focus().deleteRow().run() },
  { word: "columnAdd", icon: "column-add", run: (e) => e.chain().focus().addColumnAfter().run() },
  { word: "columnRemove", icon: "column-remove", run: (e) => e.chain().focus().deleteColumn().run() },
  { word: "headerRow", icon: "header-row", run: (e) => e.chain().focus().toggleHeaderRow().run(), isOn: (e) => e.isActive("tableHeader") },
  { word: "tableRemove", icon: "trash", run: (e) => e.chain().focus().deleteTable().run() },
];
