// What word processors put on the clipboard, made harmless enough for the editor's own reader when the server cannot be
// asked. The result is only ever parsed by the schema, which keeps nothing it does not know.

const NOISE = [
  /<!--[\s\S]*?-->/g,
  /<!\[[^>]*>/g,
  /<(style|script|xml|title|head|template|noscript|svg|math)\b[\s\S]*?<\/\1\s*>/gi,
  /<\/?(?:o|w|m|v|st1):[^>]*>/gi,
  /<(?:meta|link|base)\b[^>]*>/gi,
];

export function tidyClipboard(html: string): string {
  return NOISE.reduce((text, noise) => text.replace(noise, ""), html).trim();
}

/** Copied inside an editor like this one: it needs no cleaning and keeps its figures. */
export function isOurs(html: string): boolean {
  return /\sdata-pm-slice=/.test(html);
}
