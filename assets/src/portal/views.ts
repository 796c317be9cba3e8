// One visit is one POST. The page is cached for everybody, so the number in it is as old as its render; the answer brings
// the number of this moment.

interface Views {
  views: number;
  /** The number as people write it, e.g. "1.204". */
  text: string;
}

/** The answer of the server, or nothing if it is not one. */
export function readViews(answer: unknown): Views | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { views, text } = answer as Partial<Views>;
  return typeof views === "number" && typeof text === "string" ? { views, text } : undefined;
}

export async function countView(page: Document): Promise<void> {
  const url = page.querySelector<HTMLElement>("[data-views-url]")?.dataset.viewsUrl;
  if (!url) return;
  try {
    const answer = await fetch(url, { method: "POST", keepalive: true, credentials: "same-origin" });
    if (!answer.ok) return;
    const read = readViews(await answer.json());
    if (!read) return;
    for (const place of page.querySelectorAll<HTMLElement>("[data-views]")) {
      place.textContent = read.text;
      place.dataset.views = String(read.views);
    }
  } catch {
    // Not counted: the reader must not notice.
  }
}
