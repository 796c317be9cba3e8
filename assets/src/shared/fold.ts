// Vietnamese text for finding: without marks, without case, đ as d. The same folding as the server's.

const MARKS = /\p{M}+/gu;

export function fold(text: string): string {
  return text.normalize("NFD").replace(MARKS, "").toLowerCase().replace(/đ/g, "d").replace(/\s+/g, " ").trim();
}

/** Every word of the query occurs, with or without its marks: while somebody types, marks come last. */
export function matches(text: string, query: string): boolean {
  const plain = fold(text);
  return fold(query).split(" ").every((word) => plain.includes(word));
}
