// Menus are `<details data-menu>` and work without this; with it they also close on Escape and on a press elsewhere.

import { all } from "../shared/dom";

const OPEN = "details[data-menu][open]";

export function tendMenus(page: Document): void {
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of all<HTMLDetailsElement>(OPEN, page)) {
      menu.open = false;
      if (menu.contains(page.activeElement)) menu.querySelector("summary")?.focus();
    }
  });
  const closeOthers = (event: Event) => {
    for (const menu of all<HTMLDetailsElement>(OPEN, page)) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  };
  page.addEventListener("pointerdown", closeOthers);
  page.addEventListener("focusin", closeOthers);
}
