// The rich editor. Mounts on every `<div data-editor>`; the plain field beside it is what people without a script use.

import { all } from "./shared/dom";
import { mount } from "./editor/mount";

for (const place of all("[data-editor]")) mount(place);
