// Filter as you type: `<input data-filter="#list">` hides what does not match in that list or table body.

import { all, fill } from "../shared/dom";
import { matches } from "../shared/fold";

export function startFilters(page: Document): void {
  for (const input of all<HTMLInputElement>("input[data-filter]", page)) {
    const list = page.querySelector(input.dataset.filter ?? "");
    if (!list) continue;
    const run = () => filter(list, input.value, input.form ?? page);
    input.addEventListener("input", run);
    input.closest<HTMLElement>("[data-filter-box]")?.removeAttribute("hidden");
    if (input.value) run();
  }
}

function filter(list: Element, query: string, around: ParentNode): void {
  const marked = all("[data-filter-item]", list);
  const items = marked.length > 0 ? marked : ([...list.children] as HTMLElement[]);
  let shown = 0;
  for (const item of items) {
    item.hidden = !matches(item.dataset.filterText ?? item.textContent ?? "", query);
    if (!item.hidden) shown += 1;
  }
  for (const count of all("[data-filter-count]", around)) count.textContent = fill(count.dataset.filterCount, { n: shown });
}
