// Everything the editor says comes from the page: `<script type="application/json" data-editor-words>{…}</script>`.

export const WORD_KEYS = [
  "toolbar", "help", "placeholder", "words", "undo", "redo", "paragraph", "heading2", "heading3", "heading4", "bold", "italic",
  "underline", "strike", "subscript", "superscript", "clear", "bulletList", "orderedList", "quote", "rule", "link", "unlink",
  "image", "table", "rowAdd", "rowRemove", "columnAdd", "columnRemove", "headerRow", "tableRemove", "linkTitle", "linkLabel",
  "linkHint", "linkEmpty", "linkInvalid", "imageTitle", "imageFile", "imageFileHint", "imageFileEmpty", "imageFileType",
  "imageAlt", "imageAltHint", "imageAltEmpty", "imageCaption", "imageCaptionHint", "imageEdit", "imageRemove", "uploading",
  "uploadFailed", "pasting", "pasteFailed", "save", "cancel", "unreadable",
] as const;

export type WordKey = (typeof WORD_KEYS)[number];
export type Words = Record<WordKey, string>;

/** A missing word shows its key and is named in the console: seen in development, harmless to readers. */
export function readWords(json: string | null | undefined, warn: (missing: WordKey[]) => void = () => {}): Words {
  let given: Partial<Record<string, unknown>> = {};
  try {
    const read: unknown = JSON.parse(json ?? "");
    if (typeof read === "object" && read !== null) given = read as Partial<Record<string, unknown>>;
  } catch {
    // Reported below, as missing.
  }
  const missing = WORD_KEYS.filter((key) => typeof given[key] !== "string");
  if (missing.length > 0) warn(missing);
  return Object.fromEntries(WORD_KEYS.map((key) => [key, typeof given[key] === "string" ? given[key] : key])) as Words;
}
