// The script of the desk. Each part looks for its own data attributes and does nothing where they are missing; no page
// needs any of them to work.

import { startAutosave } from "./desk/autosave";
import { askFirst } from "./desk/confirm";
import { forgetSubmitted } from "./desk/drafts";
import { previewFiles } from "./desk/file_preview";
import { startFilters } from "./desk/filter";
import { guardSession } from "./desk/idle";
import { tendMenus } from "./desk/menus";
import { submitOnce } from "./desk/submit_once";
import { nameTableRoles } from "./desk/table_roles";

// The server names every field that is wrong, at once and in the reader's language; the browser would stop at the first one,
// in its own.
for (const form of document.forms) form.noValidate = true;
forgetSubmitted(document);
askFirst(document);
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-autosave-url]")) startAutosave(form);
submitOnce(document);
guardSession(document.body);
tendMenus(document);
startFilters(document);
previewFiles(document);
nameTableRoles(document);
