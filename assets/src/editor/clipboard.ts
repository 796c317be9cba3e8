// What word processors put on the clipboard, made harmless enough for the editor's own reader when the server cannot be
// asked. The result is only ever parsed by the schema, which keeps nothing it does not know.

// Each pattern either stops at the next `<` or, left open, takes the rest as a browser would: so none goes back over the text.
const NOISE = [
  /<!--[\s\S]*?(?:-->|$)/g,
  /<!\[[^<>]*>/g,
  /<(style|script|xml|title|head|template|noscript|svg|math)\b(?![^<>]*\/>)[\s\S]*?(?:<\/\1\s*>|$)/gi,
  /<\/?(?:o|w|m|v|st1):[^<>]*>/gi,
  /<(?:meta|link|base)\b[^<>]*>/gi,
  // Google Docs wraps everything in a bold that is not bold.
  /<b\b[^<>]*docs-internal-guid[^<>]*>/gi,
];

const TAG = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi;
/** One attribute after another, as a browser reads them; the first match is the name of the tag. */
const ATTRIBUTE = /([\s/]*)([^\s"'<>/=]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*))?/g;
/** Styles and handlers: the schema keeps neither, but even parsing them breaks the page's CSP. */
const REFUSED = /^(?:style$|on)/i;

function tidyTag(tag: string): string {
  return tag.replace(ATTRIBUTE, (whole, gap: string, name: string, at: number) =>
    at > 1 && REFUSED.test(name) ? gap || " " : whole);
}

export function tidyClipboard(html: string): string {
  return NOISE.reduce((left, noise) => left.replace(noise, ""), html).replace(TAG, tidyTag).trim();
}

/** Copied inside an editor like this one: it needs no cleaning and keeps its figures. */
export function isOurs(html: string): boolean {
  return /\sdata-pm-slice=/.test(html);
}
