// The office of the story: the real program with its year of work, in a folder of its own.

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const PROGRAM = resolve(process.env.LOA ?? join(process.env.HOME ?? "", ".cache/loa-target/debug/loa"));
const START_MS = 120_000;
const STOP_MS = 20_000;

/** A running `loa demo`. `dir` is its data folder, `accounts` its people as the first line of its output names them. */
export class Office {
  static async open(...options) {
    return Office.#start("127.0.0.1:0", options);
  }

  /** The same office at the same address, on a later day. */
  async again(time) {
    assert.equal(await this.close(), 0, this.complaints.join("\n"));
    const office = await Office.#start(new URL(this.origin).host, ["--dir", this.dir, "--at", time]);
    office.complaints.unshift(...this.complaints);
    return office;
  }

  static async #start(listen, options) {
    const program = spawn(PROGRAM, ["demo", "--json", "--listen", listen, ...options], { stdio: ["ignore", "pipe", "pipe"] });
    const complaints = [];
    createInterface({ input: program.stderr }).on("line", (line) => complaints.push(line));
    const line = await firstLine(program, complaints);
    return new Office(program, JSON.parse(line), complaints);
  }

  constructor(program, said, complaints) {
    Object.assign(this, { program, complaints, dir: said.dir, accounts: said.accounts });
    // However the tests end, the program does too.
    process.once("exit", () => program.kill("SIGKILL"));
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
    this.origin = new URL(said.portal).origin;
    this.desk = said.desk;
  }

  /** The first account that has this role. */
  account(role) {
    const found = this.accounts.find((account) => account.role === role);
    assert.ok(found, `the demonstration has no ${role}`);
    return found;
  }

  /** Ctrl-C. Answers with the exit code. */
  async close() {
    if (this.program.exitCode !== null) return this.program.exitCode;
    const ended = once(this.program, "exit", { signal: AbortSignal.timeout(STOP_MS) });
    this.program.kill("SIGINT");
    const [code] = await ended.catch((why) => {
      this.program.kill("SIGKILL");
      throw new Error(`loa demo did not stop within ${STOP_MS / 1000} s of Ctrl-C`, { cause: why });
    });
    return code;
  }
}

/** Runs one command to its end. */
export function loa(...words) {
  return new Promise((done) => {
    execFile(PROGRAM, words, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => done({ code: error?.code ?? 0, stdout, stderr }));
  });
}

/** A folder that is gone after the tests. */
export async function scratch() {
  const path = await mkdtemp(join(tmpdir(), "loa-e2e-"));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

async function firstLine(program, complaints) {
  const lines = createInterface({ input: program.stdout });
  const line = once(lines, "line", { signal: AbortSignal.timeout(START_MS) }).then(([text]) => text);
  const over = once(program, "exit").then(([code]) => {
    throw new Error(`loa demo ended with ${code}:\n${complaints.join("\n")}`);
  });
  over.catch(() => {});
  return Promise.race([line, over]);
}
