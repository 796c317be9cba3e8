// Which addresses a link may have: http, https, mailto, tel, a path of this site, a place on this page. The server holds the
// same list; this one answers while the dialog is open.

const ALLOWED = /^(https?|mailto|tel):/i;
const MAIL = /^[^\s@/:]+@[^\s@/]+\.[^\s@/]+$/;
const HOST = /^(?=.{4,253}(?:[/?#:]|$))(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}(?::\d+)?(?:[/?#]|$)/u;

/** The address as it is stored, or nothing if it is none. Adds `https://` and `mailto:` where people leave them out. */
export function readHref(typed: string): string | undefined {
  // Browsers drop tabs and line ends inside addresses: so `java\nscript:` must be seen as what it becomes.
  const text = typed.replace(/[\u0000-\u001f\u007f]/g, "").trim();
  if (text === "" || text.length > 2000) return undefined;
  if (/^\/(?![/\\])/.test(text) || /^#\S+$/.test(text)) return text;
  if (MAIL.test(text)) return `mailto:${text}`;
  if (ALLOWED.test(text)) return isWhole(text) ? text : undefined;
  if (HOST.test(text)) return `https://${text}`;
  return undefined;
}

function isWhole(text: string): boolean {
  if (/\s/.test(text)) return false;
  if (/^mailto:/i.test(text)) return MAIL.test(text.slice(7).split("?")[0] ?? "");
  if (/^tel:/i.test(text)) return /^tel:\+?[\d().-]{2,}$/i.test(text);
  return URL.canParse?.(text) ?? /^https?:\/\/[^/\s]+/i.test(text);
}
