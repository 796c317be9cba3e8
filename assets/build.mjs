// Builds everything the browser gets: `node build.mjs [folder]` writes dist/ (or the folder named).
//
// The output depends only on the sources here and on package-lock.json: no time, no path, no machine in it, so that a test
// can build again and compare byte for byte with what is committed.

import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import * as esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, "dist"));
const modules = join(here, "node_modules");

/** Compressed sizes in bytes that a page may cost; the build fails above them. */
const LIMITS = { "portal.css": 12_288, "portal.js": 4_096, "editor.js": 133_120 };

/** Deprecations of Sass that Bootstrap 5.3 still walks into; ours would still be shown. */
const BOOTSTRAP_NOISE = ["import", "global-builtin", "color-functions", "if-function"];

async function styles(name) {
  const made = sass.compile(join(here, "styles", `${name}.scss`), {
    style: "compressed",
    sourceMap: false,
    charset: false,
    quietDeps: true,
    silenceDeprecations: BOOTSTRAP_NOISE,
    loadPaths: [modules],
  });
  const { code } = await esbuild.transform(made.css, {
    loader: "css",
    minify: true,
    target: ["chrome109", "firefox115", "safari15.4"],
    supported: { nesting: false },
    charset: "utf8",
    legalComments: "none",
  });
  return code;
}

/** One script, and the packages whose code is in it. */
async function script(name) {
  const made = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [`src/${name}.ts`],
    bundle: true,
    write: false,
    format: "esm",
    target: ["chrome109", "firefox115", "safari15.4"],
    minify: true,
    charset: "utf8",
    legalComments: "none",
    sourcemap: false,
    metafile: true,
    treeShaking: true,
    logLevel: "warning",
  });
  const packages = Object.entries(Object.values(made.metafile.outputs)[0].inputs)
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
    .filter(Boolean);
  return { code: made.outputFiles[0].text, packages };
}

async function sprite() {
  const icons = JSON.parse(await readFile(join(here, "img/icons.json"), "utf8"));
  const symbols = Object.entries(icons).map(
    ([name, d]) => `<symbol id="${name}" viewBox="0 0 24 24"><path d="${d}"/></symbol>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

async function picture(name) {
  const text = await readFile(join(here, "img", name), "utf8");
  return `${text.replace(/>\s+</g, "><").trim()}\n`;
}

/** Name, version, licence and licence text of every package that ships, in the order of names. */
async function licences(packages) {
  const parts = [];
  for (const name of [...new Set(packages)].sort()) {
    const folder = join(modules, name);
    const about = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).sort().find((entry) => /^licen[cs]e/i.test(entry));
    if (!file) throw new Error(`${name}: no licence text found`);
    const text = await readFile(join(folder, file), "utf8");
    parts.push(`${name} ${about.version} (${about.license})\n\n${text.replace(/\r\n/g, "\n").trim()}\n`);
  }
  const head = "Scripts and styles of others that are part of Loa's pages.\nLoa's own: Apache-2.0.\n";
  return [head, ...parts].join(`\n${"-".repeat(78)}\n\n`);
}

async function build() {
  const files = {};
  for (const name of ["portal", "desk", "editor"]) files[`${name}.css`] = await styles(name);
  const packages = ["bootstrap"];
  for (const name of ["portal", "desk", "editor"]) {
    const made = await script(name);
    files[`${name}.js`] = made.code;
    packages.push(...made.packages);
  }
  files["icons.svg"] = await sprite();
  for (const name of ["logo.svg", "favicon.svg"]) files[name] = await picture(name);
  files["LICENSES.txt"] = await licences(packages);

  await mkdir(out, { recursive: true });
  for (const name of await readdir(out)) if (!(name in files)) throw new Error(`${join(out, name)}: not made by this build`);
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(out, name), text);
    const packed = gzipSync(text, { level: 9 }).length;
    console.log(`${name.padEnd(14)} ${String(Buffer.byteLength(text)).padStart(8)} bytes ${String(packed).padStart(8)} gzip`);
    if (packed > (LIMITS[name] ?? Infinity)) throw new Error(`${name} is ${packed} bytes compressed, limit ${LIMITS[name]}`);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await build();
