// Asks for the address of a link and sets it on the selection, or on the whole link under the cursor.

import type { Editor } from "@tiptap/core";
import { element } from "../shared/dom";
import { ask } from "./dialog";
import { readHref } from "./href";
import type { Words } from "./words";

export async function askLink(editor: Editor, words: Words): Promise<void> {
  const before = editor.getAttributes("link").href as string | undefined;
  const input = element("input", { class: "input", type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false" });
  input.value = before ?? "";
  const check = () => {
    if (input.value.trim() === "") return words.linkEmpty;
    return readHref(input.value) ? undefined : words.linkInvalid;
  };
  await ask({
    title: words.linkTitle,
    save: words.save,
    cancel: words.cancel,
    fields: [{ control: input, label: words.linkLabel, hint: words.linkHint, check }],
    accept: async () => {
      setLink(editor, readHref(input.value)!);
      return undefined;
    },
  });
  // The dialog gave the focus back but not the place: what is typed now must not replace the link.
  editor.view.focus();
}

function setLink(editor: Editor, href: string): void {
  const chain = editor.chain();
  if (editor.isActive("link")) {
    chain.extendMarkRange("link").setMark("link", { href }).run();
  } else if (editor.state.selection.empty) {
    // Nothing is selected: the address itself becomes the text.
    chain.insertContent({ type: "text", text: href.replace(/^(https?:\/\/|mailto:|tel:)/, ""), marks: [{ type: "link", attrs: { href } }] }).run();
  } else {
    chain.setMark("link", { href }).setTextSelection(editor.state.selection.to).run();
  }
}
