// What an answer to an autosave means, and how long to wait after a failure.

export type Verdict = "saved" | "expired" | "conflict" | "retry" | "refused";

/** `status` 0 stands for a network that is away; `isRedirect` for an answer that sends to the sign-in page. */
export function verdict(status: number, isRedirect: boolean): Verdict {
  if (isRedirect || status === 401) return "expired";
  if (status === 409 || status === 412) return "conflict";
  if (status >= 200 && status < 300) return "saved";
  if (status === 0 || status === 408 || status === 425 || status === 429 || status >= 500) return "retry";
  return "refused";
}

const FIRST_MS = 2000;
const LONGEST_MS = 60_000;

/** 2 s, 4 s, 8 s … up to a minute. `attempt` counts failures from 1. */
export function retryDelayMs(attempt: number): number {
  return Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, Math.min(attempt, 10) - 1));
}
