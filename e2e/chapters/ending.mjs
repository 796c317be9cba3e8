// What must be true of the whole: no browser complained, nothing left the office, and it closes as it should.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { faults } from "../lib/looking.mjs";
import { loa, Office } from "../lib/office.mjs";

export function ending(story) {
  test("every page that was passed holds, wide and narrow, in both languages", () => assert.deepEqual(faults, []));

  test("no page broke its policy, logged an error or asked another place", () => story.hearNothing());

  test("Ctrl-C closes the office, which stays in its folder with its log whole", async () => {
    assert.equal(await story.office.close(), 0, story.office.complaints.join("\n"));
    await assert.rejects(fetch(story.office.origin));
    assert.deepEqual(story.office.complaints.filter((line) => /ERROR|panicked/.test(line)), []);
    const { code, stdout, stderr } = await loa("audit", "verify", "--data", story.office.dir);
    assert.equal(code, 0, stdout + stderr);
  });

  test("an office that was given no folder leaves nothing behind", async () => {
    const office = await Office.open();
    assert.ok(existsSync(office.dir));
    assert.equal((await fetch(office.origin)).status, 200);
    assert.equal(await office.close(), 0, office.complaints.join("\n"));
    assert.ok(!existsSync(office.dir), office.dir);
  });
}
