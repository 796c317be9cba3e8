// Marks that StarterKit lacks, and our link: one attribute, one rule for what an address may be.

import { Mark } from "@tiptap/core";
import { readHref } from "./href";

export const Subscript = Mark.create({
  name: "subscript",
  excludes: "superscript",
  parseHTML: () => [{ tag: "sub" }],
  renderHTML: () => ["sub", 0],
});

export const Superscript = Mark.create({
  name: "superscript",
  excludes: "subscript",
  parseHTML: () => [{ tag: "sup" }],
  renderHTML: () => ["sup", 0],
});

export const Link = Mark.create<{ ask: () => void }>({
  name: "link",
  inclusive: false,
  priority: 1000,
  addOptions: () => ({ ask: () => {} }),
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [
    {
      tag: "a[href]",
      getAttrs: (dom) => {
        const href = readHref(dom.getAttribute("href") ?? "");
        return href ? { href } : false;
      },
    },
  ],
  renderHTML: ({ mark }) => ["a", { href: readHref(String(mark.attrs.href)) ?? "#", rel: "noopener" }, 0],
  addKeyboardShortcuts() {
    return {
      "Mod-k": () => {
        this.options.ask();
        return true;
      },
    };
  },
});
