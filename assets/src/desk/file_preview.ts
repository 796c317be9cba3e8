// Shows the chosen picture: `<input type="file" data-preview="#shown">` with a hidden `<img id="shown" alt="…">`.

import { all } from "../shared/dom";

export function previewFiles(page: Document): void {
  for (const input of all<HTMLInputElement>("input[type=file][data-preview]", page)) {
    const shown = page.querySelector<HTMLImageElement>(input.dataset.preview ?? "");
    if (!shown) continue;
    input.addEventListener("change", () => {
      if (shown.src.startsWith("blob:")) URL.revokeObjectURL(shown.src);
      const file = input.files?.[0];
      const isPicture = file !== undefined && /^image\/(png|jpeg|webp|gif|avif)$/.test(file.type);
      shown.hidden = !isPicture;
      if (isPicture) shown.src = URL.createObjectURL(file);
    });
  }
}
