import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { announcement, idleAt, nextPingMs, readLimits } = await load("desk/idle_clock");
const limits = { idleS: 900, warnS: 60 };
const after = (seconds) => idleAt(1_000_000 + seconds * 1000, 1_000_000, limits);

test("a session warns in its last minute and is over at its end", () => {
  assert.deepEqual(after(0), { state: "active", leftS: 900 });
  assert.deepEqual(after(839), { state: "active", leftS: 61 });
  assert.deepEqual(after(840), { state: "warning", leftS: 60 });
  assert.deepEqual(after(899.2), { state: "warning", leftS: 1 });
  assert.deepEqual(after(900), { state: "over", leftS: 0 });
  assert.deepEqual(after(90_000), { state: "over", leftS: 0 });
});

test("a clock that was set back logs nobody out", () => {
  assert.equal(after(-3600).state, "active");
});

test("a page without limits has no session to guard", () => {
  assert.equal(readLimits(undefined, "60"), undefined);
  assert.equal(readLimits("0", "60"), undefined);
  assert.equal(readLimits("soon", "60"), undefined);
  assert.deepEqual(readLimits("900", undefined), { idleS: 900, warnS: 60 });
  assert.deepEqual(readLimits("30", "60"), { idleS: 30, warnS: 30 });
});

test("the countdown speaks at 60, 30 and 10, once each, also after a tab has slept", () => {
  const spoken = [];
  for (let left = 65, before = Infinity; left >= 0; before = left, left -= 1) {
    const said = announcement(before === Infinity ? 66 : before, left);
    if (said !== undefined) spoken.push(said);
  }
  assert.deepEqual(spoken, [60, 30, 10]);
  assert.equal(announcement(400, 8), 10);
  assert.equal(announcement(Infinity, 45), 60);
});

test("the server hears of activity at most once a minute", () => {
  assert.equal(nextPingMs(100_000, 40_000), 0);
  assert.equal(nextPingMs(100_000, 90_000), 50_000);
  assert.equal(nextPingMs(100_000, 900_000), 60_000, "a ping in the future waits a minute, not longer");
});
