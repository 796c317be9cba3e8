// What all tabs of one session know together: when somebody last did something, and when the server last heard of it.

const ACTIVITY = "loa.activity";
const PING = "loa.ping";

export interface SharedActivity {
  last(): number;
  lastPing(): number;
  touch(nowMs: number): void;
  pinged(nowMs: number): void;
  /** Called when another tab reports activity or the end of the session. */
  onNews(hear: (news: "active" | "over") => void): void;
  over(): void;
}

/** Falls back to this tab alone where storage is forbidden. */
export function sharedActivity(startMs: number): SharedActivity {
  const own: Record<string, number> = {};
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("loa.session") : undefined;
  const read = (key: string): number => {
    let stored = 0;
    try {
      stored = Number(localStorage.getItem(key)) || 0;
    } catch {
      // Storage forbidden.
    }
    return Math.max(stored, own[key] ?? 0);
  };
  const write = (key: string, value: number): void => {
    own[key] = value;
    try {
      localStorage.setItem(key, String(value));
    } catch {
      // Storage forbidden or full.
    }
  };
  write(ACTIVITY, startMs);
  write(PING, startMs);
  return {
    last: () => read(ACTIVITY),
    lastPing: () => read(PING),
    touch(nowMs) {
      write(ACTIVITY, nowMs);
      channel?.postMessage("active");
    },
    pinged: (nowMs) => write(PING, nowMs),
    onNews(hear) {
      channel?.addEventListener("message", (event) => {
        if (event.data === "active" || event.data === "over") hear(event.data);
      });
    },
    over: () => channel?.postMessage("over"),
  };
}
