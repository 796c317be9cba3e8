// What word processors put on the clipboard, made harmless enough for the editor's own reader when the server cannot be
// asked. The result is only ever parsed by the schema, which keeps nothing it does not know.

const NOISE = [
  /<!--[\s\S]*?-->/g,
  /<!\[[^>]*>/g,
  /<(style|script|xml|title|head|template|noscript|svg|math)\b[\s\S]*?<\/\1\s*>/gi,
  /<\/?(?:o|w|m|v|st1):[^>]*>/gi,
  /<(?:meta|link|base)\b[^>]*>/gi,
  // Google Docs wraps everything in a bold that is not bold.
  /<b\b[^>]*docs-internal-guid[^>]*>/gi,
];

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
/** Styles and handlers: the schema keeps neither, but even parsing them breaks the page's CSP. */
const REFUSED = /([\s/"'])(?:style|on[a-z]+)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

export function tidyClipboard(html: string): string {
  const text = NOISE.reduce((left, noise) => left.replace(noise, ""), html);
  return text.replace(TAG, (tag) => tag.replace(REFUSED, "$1")).trim();
}

/** Copied inside an editor like this one: it needs no cleaning and keeps its figures. */
export function isOurs(html: string): boolean {
  return /\sdata-pm-slice=/.test(html);
}
