// The document as JSON: read from the form, and small facts about it. No editor here.

export interface JsonNode {
  type: string;
  attrs?: Record<string, unknown>;
  content?: JsonNode[];
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  text?: string;
}

export const EMPTY: JsonNode = { type: "doc", content: [{ type: "paragraph" }] };

/** An empty field is an empty document; anything else that is not a document is nothing, and must not be overwritten. */
export function readDocument(text: string): JsonNode | undefined {
  if (text.trim() === "") return EMPTY;
  try {
    const read: unknown = JSON.parse(text);
    const isDocument = typeof read === "object" && read !== null && (read as JsonNode).type === "doc";
    if (!isDocument) return undefined;
    const node = read as JsonNode;
    return Array.isArray(node.content) && node.content.length > 0 ? node : EMPTY;
  } catch {
    return undefined;
  }
}

/** Words as Vietnamese counts them: what stands between spaces (`tiếng`). */
export function countWords(text: string): number {
  return text.split(/\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

export function isFileHash(value: unknown): value is string {
  return typeof value === "string" && /^[0-9a-f]{64}$/.test(value);
}
