// What is to happen in one tab's world, in the order of time.

export interface Agenda {
  nowMs: number;
  /** Things for the same instant happen in the order in which they were planned. Returns how to call it off. */
  at(atMs: number, happen: () => void): () => void;
  /** Lets everything happen that is due before an instant. */
  runUntil(endMs: number): void;
}

/** @param wake - when that which is due at an instant can happen: a laptop that sleeps is late */
export function createAgenda(startMs: number, wake: (atMs: number) => number): Agenda {
  // Never more than a handful, so looking through all of them is fast enough.
  let plans: { readonly atMs: number; readonly happen: () => void }[] = [];
  const agenda: Agenda = {
    nowMs: startMs,
    at(atMs, happen) {
      const plan = { atMs: Math.max(wake(atMs), agenda.nowMs), happen };
      plans.push(plan);
      return () => void (plans = plans.filter((other) => other !== plan));
    },
    runUntil(endMs) {
      for (;;) {
        const next = plans.reduce((first, plan) => (plan.atMs < first.atMs ? plan : first), {
          atMs: endMs,
          happen: () => {},
        });
        if (next.atMs >= endMs) return;
        plans = plans.filter((plan) => plan !== next);
        agenda.nowMs = next.atMs;
        next.happen();
      }
    },
  };
  return agenda;
}
