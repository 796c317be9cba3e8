// Whoever has the pack can check it; whoever changes one byte of it is found out.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { loa } from "../lib/office.mjs";

export function proof(story) {
  test("the pack holds, also against the key of the office", async () => {
    const path = join(story.scratch.path, "goi.zip");
    await writeFile(path, story.pack.bytes);
    for (const key of [[], ["--key", join(story.office.dir, "keys/log.pub")]]) {
      const { code, stdout, stderr } = await loa("evidence", "verify", path, "--json", ...key);
      assert.equal(code, 0, stdout + stderr);
      const verdict = JSON.parse(stdout);
      assert.equal(verdict.ok, true);
      assert.deepEqual(verdict.faults, []);
      assert.ok(verdict.items > 10, `${verdict.items} items`);
    }
  });

  test("one flipped byte is found and its file named", async () => {
    const path = join(story.scratch.path, "goi-sai.zip");
    const { length } = story.pack.bytes;
    for (const share of [0.02, 0.3, 0.6, 0.9]) {
      const bytes = Buffer.from(story.pack.bytes);
      bytes[Math.floor(length * share)] ^= 0x10;
      await writeFile(path, bytes);
      const { code, stdout } = await loa("evidence", "verify", path, "--json");
      assert.equal(code, 1, `a flipped byte at ${share} of the pack was accepted`);
      const { ok, faults } = JSON.parse(stdout);
      assert.equal(ok, false);
      assert.ok(faults.length > 0 && faults.every((fault) => fault.path !== ""), stdout);
    }
  });

  test("the log of all acts holds while the office works", async () => {
    const { code, stdout, stderr } = await loa("audit", "verify", "--data", story.office.dir, "--json");
    assert.equal(code, 0, stdout + stderr);
    assert.equal(JSON.parse(stdout).ok, true);
  });
}
