// The clock of one tab, and what happens at which time.

/** @param wake - returns when the laptop is awake: at that time or later */
export function createAgenda(startMs: number, wake: (atMs: number) => number) {
  let plans: { readonly atMs: number; readonly happen: () => void }[] = [];
  const agenda = {
    nowMs: startMs,
    /** Keeps the order of what is due at the same time. Returns a function that cancels it. */
    at(atMs: number, happen: () => void): () => void {
      const plan = { atMs: Math.max(wake(atMs), agenda.nowMs), happen };
      plans.push(plan);
      return () => void (plans = plans.filter((other) => other !== plan));
    },
    runUntil(endMs: number): void {
      for (let next; (next = plans.sort((a, b) => a.atMs - b.atMs).shift()) && next.atMs < endMs;) {
        agenda.nowMs = next.atMs;
        next.happen();
      }
    },
  };
  return agenda;
}
