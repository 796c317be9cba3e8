// Sends one file to the server, which answers with its hash, or with a reason in the reader's language.

import { isFileHash } from "./content";

export type Uploaded = { file: string } | { refusal: string | undefined };

export async function upload(url: string, file: File): Promise<Uploaded> {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      credentials: "same-origin",
      redirect: "manual",
      headers: { Accept: "application/json", "X-Loa-Upload": "1" },
    });
    return readUpload(answer.ok, await answer.json().catch(() => undefined));
  } catch {
    return { refusal: undefined };
  }
}

/** `{"file": "<sha256>"}`, or a problem (RFC 9457) whose `detail` or `title` is for the reader. */
export function readUpload(isOk: boolean, answer: unknown): Uploaded {
  const read = (typeof answer === "object" && answer !== null ? answer : {}) as Record<string, unknown>;
  if (isOk && isFileHash(read.file)) return { file: read.file };
  const refusal = [read.detail, read.title].find((text) => typeof text === "string" && text !== "");
  return { refusal: refusal as string | undefined };
}
