// Imports a TypeScript module of src/ into a test: bundled in memory, so that the tests need no second compiler.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

export async function load(path) {
  const made = await build({
    absWorkingDir: root,
    entryPoints: [`src/${path}.ts`],
    bundle: true,
    write: false,
    format: "esm",
    logLevel: "error",
  });
  return import(`data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`);
}
