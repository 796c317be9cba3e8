// How idle a person is: arithmetic only, so that it can be tested without waiting.

export interface IdleLimits {
  /** Idle seconds after which the session is over. */
  idleS: number;
  /** How many of them, at the end, are the warning. */
  warnS: number;
}

export type IdleState = "active" | "warning" | "over";

export interface Idle {
  state: IdleState;
  /** Whole seconds until the session is over, never below 0. */
  leftS: number;
}

/** Limits from the page's data attributes; `undefined` if the page has no session to guard. */
export function readLimits(idle: string | undefined, warn: string | undefined): IdleLimits | undefined {
  const idleS = Number(idle);
  if (!Number.isFinite(idleS) || idleS <= 0) return undefined;
  const warnS = Number(warn);
  return { idleS, warnS: Number.isFinite(warnS) && warnS > 0 ? Math.min(warnS, idleS) : Math.min(60, idleS) };
}

export function idleAt(nowMs: number, lastActivityMs: number, limits: IdleLimits): Idle {
  // A clock set back must not log anybody out, nor keep a session open for ever.
  const idleMs = Math.max(0, nowMs - lastActivityMs);
  const leftS = Math.max(0, Math.ceil(limits.idleS - idleMs / 1000));
  if (leftS === 0) return { state: "over", leftS };
  return { state: leftS <= limits.warnS ? "warning" : "active", leftS };
}

const ANNOUNCED_AT = [60, 30, 10];

/** The moment to speak, if one was passed between two ticks; the latest if several were (a sleeping tab). */
export function announcement(beforeS: number, nowS: number): number | undefined {
  return ANNOUNCED_AT.filter((at) => nowS <= at && at < beforeS).at(-1);
}

/** When the server may next be told that somebody is there: at most once a minute over all tabs. */
export function nextPingMs(nowMs: number, lastPingMs: number, everyMs = 60_000): number {
  return Math.max(0, Math.min(everyMs, lastPingMs + everyMs - nowMs));
}
