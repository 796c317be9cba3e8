// Asks for a picture, its alternative text (compulsory) and its caption; uploads it; puts the figure in the text.

import type { Editor } from "@tiptap/core";
import { element } from "../shared/dom";
import { ask, type Field } from "./dialog";
import type { FigureAttrs } from "./figure";
import { upload } from "./upload";
import type { Words } from "./words";

const TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];

export interface Picture {
  editor: Editor;
  words: Words;
  uploadUrl: string;
}

/** A new figure at the cursor; `file` is one that was dropped or pasted. */
export async function askNewFigure(place: Picture, file?: File): Promise<void> {
  const { editor, words } = place;
  const form = texts(words, { alt: "", caption: null });
  const chooser = fileChooser(words, file);
  await ask({
    title: words.imageTitle,
    save: words.save,
    cancel: words.cancel,
    fields: [...chooser.fields, ...form.fields],
    accept: async () => {
      chooser.status.textContent = words.uploading;
      const sent = await upload(place.uploadUrl, chooser.chosen()!);
      chooser.status.textContent = "";
      if ("refusal" in sent) return sent.refusal ?? words.uploadFailed;
      editor.chain().insertContent({ type: "figure", attrs: { file: sent.file, ...form.read() } }).run();
      return undefined;
    },
  });
  chooser.done();
  editor.view.focus();
}

/** The words of a figure that is already there. */
export async function askFigureWords({ editor, words }: Picture, at: number, attrs: FigureAttrs): Promise<void> {
  const form = texts(words, attrs);
  await ask({
    title: words.imageEdit,
    save: words.save,
    cancel: words.cancel,
    fields: form.fields,
    accept: async () => {
      editor.view.dispatch(editor.state.tr.setNodeMarkup(at, undefined, { ...attrs, ...form.read() }));
      return undefined;
    },
  });
  editor.view.focus();
}

function texts(words: Words, before: { alt: string; caption: string | null }) {
  const alt = element("textarea", { class: "input", rows: "2", maxlength: "500", required: true });
  const caption = element("input", { class: "input", type: "text", maxlength: "500" });
  alt.value = before.alt;
  caption.value = before.caption ?? "";
  const fields: Field[] = [
    { control: alt, label: words.imageAlt, hint: words.imageAltHint, check: () => (alt.value.trim() ? undefined : words.imageAltEmpty) },
    { control: caption, label: words.imageCaption, hint: words.imageCaptionHint },
  ];
  const oneLine = (text: string) => text.normalize("NFC").replace(/\s+/g, " ").trim();
  return { fields, read: () => ({ alt: oneLine(alt.value), caption: oneLine(caption.value) || null }) };
}

function fileChooser(words: Words, given: File | undefined) {
  const input = element("input", { class: "input input-file", type: "file", accept: TYPES.join(",") });
  const preview = element("img", { class: "preview", alt: "", hidden: true });
  const status = element("p", { class: "form-status", role: "status" });
  const chosen = () => input.files?.[0] ?? given;
  const release = () => preview.src.startsWith("blob:") && URL.revokeObjectURL(preview.src);
  const show = () => {
    release();
    const file = chosen();
    preview.hidden = !file || !TYPES.includes(file.type);
    if (file && !preview.hidden) preview.src = URL.createObjectURL(file);
  };
  input.addEventListener("change", show);
  if (given) show();
  const check = () => {
    const file = chosen();
    if (!file) return words.imageFileEmpty;
    return TYPES.includes(file.type) ? undefined : words.imageFileType;
  };
  const fields: Field[] = [{ control: input, label: words.imageFile, hint: words.imageFileHint, after: [preview, status], check }];
  return { fields, status, chosen, done: release };
}
