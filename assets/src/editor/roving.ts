// One Tab stop for the whole bar; arrows move inside it. Only the arithmetic, so that it can be tested.

/** The place after a key, among `count`; nothing if the key is none of the bar's. */
export function nextPlace(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (key) {
    case "ArrowRight":
      return (at + 1) % count;
    case "ArrowLeft":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return undefined;
  }
}
