// A table whose rows become cards on a phone loses its meaning there for screen readers: CSS `display` takes it away.
// Naming the roles gives it back.

import { all } from "../shared/dom";

const ROLES: [selector: string, role: string][] = [
  ["thead, tbody, tfoot", "rowgroup"],
  ["tr", "row"],
  ["td", "cell"],
  ["thead th", "columnheader"],
  ["tbody th, tfoot th", "rowheader"],
];

export function nameTableRoles(page: Document): void {
  for (const table of all("table.table-cards", page)) {
    table.setAttribute("role", "table");
    for (const [selector, role] of ROLES) for (const part of all(selector, table)) part.setAttribute("role", role);
  }
}
