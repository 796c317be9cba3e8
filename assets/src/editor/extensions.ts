// What a document may hold. Names are TipTap's, so that the server's `prose` reader and other tools know them.

import type { Extensions } from "@tiptap/core";
import { Blockquote } from "@tiptap/extension-blockquote";
import { Bold } from "@tiptap/extension-bold";
import { Document } from "@tiptap/extension-document";
import { HardBreak } from "@tiptap/extension-hard-break";
import { Heading } from "@tiptap/extension-heading";
import { HorizontalRule } from "@tiptap/extension-horizontal-rule";
import { Italic } from "@tiptap/extension-italic";
import { BulletList, ListItem, ListKeymap, OrderedList } from "@tiptap/extension-list";
import { Paragraph } from "@tiptap/extension-paragraph";
import { Strike } from "@tiptap/extension-strike";
import { Table, TableCell, TableHeader, TableRow } from "@tiptap/extension-table";
import { Text } from "@tiptap/extension-text";
import { Underline } from "@tiptap/extension-underline";
import { Dropcursor, Gapcursor, Placeholder, TrailingNode, UndoRedo } from "@tiptap/extensions";
import { Figure, type FigureOptions } from "./figure";
import { Link, Subscript, Superscript } from "./marks";
import { CleanPaste, type PasteOptions } from "./paste";

export interface Hooks {
  placeholder: string;
  askLink: () => void;
  figure: FigureOptions;
  paste: PasteOptions;
}

export function extensions(hooks: Hooks): Extensions {
  return [
    Document, Paragraph, Text, HardBreak, HorizontalRule, Blockquote,
    Heading.configure({ levels: [2, 3, 4] }),
    BulletList, OrderedList, ListItem, ListKeymap,
    Bold, Italic, Underline, Strike, Subscript, Superscript,
    Link.configure({ ask: hooks.askLink }),
    Table.configure({ resizable: false }), TableRow, TableHeader, TableCell,
    Figure.configure(hooks.figure),
    CleanPaste.configure(hooks.paste),
    UndoRedo, Dropcursor.configure({ color: false, class: "editor-drop" }), Gapcursor, TrailingNode,
    Placeholder.configure({ placeholder: hooks.placeholder }),
  ];
}
