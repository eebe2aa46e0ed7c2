// What the panel has seen since it is there: events, counts, the last problem.
import type { MessengerAuthError, MessengerEvent, MessengerSnapshot } from '../index.js';

/** How often something happened since the panel is there, and when it happened last, also before. */
export interface Tally {
  readonly count: number;
  readonly lastMs: number | undefined;
}

/** The last failure. */
export interface Problem {
  readonly atMs: number;
  readonly code: string;
  readonly reason: string | undefined;
  /** The error of the sign-in, if it has failed. A failure that is being retried has none. */
  readonly error: MessengerAuthError | undefined;
}

export interface Observation {
  /** Newest last. */
  readonly events: readonly MessengerEvent[];
  readonly asks: Tally;
  readonly renewals: Tally;
  /** How often another tab has changed the stored identity, or the messenger has lost the user. */
  readonly losses: Tally;
  readonly consent: 'given' | 'withdrawn' | undefined;
  readonly problem: Problem | undefined;
  /** The last error of the snapshot. A failure that is retried does not change it, so it must not count again. */
  readonly snapshotError: MessengerAuthError | undefined;
  /** Whether the token that is on its way, or the last one, is a renewal. */
  readonly isRenewing: boolean;
}

const MAX_EVENTS = 200;
const NONE: Tally = { count: 0, lastMs: undefined };

export function createObservation(): Observation {
  const tallies = { asks: NONE, renewals: NONE, losses: NONE };
  return {
    events: [],
    ...tallies,
    consent: undefined,
    problem: undefined,
    snapshotError: undefined,
    isRenewing: false,
  };
}

/** Adds an event. */
export function observe(before: Observation, event: MessengerEvent): Observation {
  const events = [...before.events, event].slice(-MAX_EVENTS);
  return { ...before, events, ...readChange(before, event) };
}

/** Adds an event from before the panel was there. It is not counted. */
export function observeEarlier(before: Observation, event: MessengerEvent): Observation {
  const after = observe(before, event);
  const uncounted = ({ lastMs }: Tally): Tally => ({ count: 0, lastMs });
  const { asks, renewals, losses } = after;
  return { ...after, asks: uncounted(asks), renewals: uncounted(renewals), losses: uncounted(losses) };
}

/** Adds the error of the snapshot, and notes when a failure is over. */
export function observeSnapshot(before: Observation, { error }: MessengerSnapshot, nowMs: number): Observation {
  if (before.snapshotError === error) return before;
  if (!error) return { ...before, snapshotError: undefined };
  // The events of this failure came before its error.
  return { ...before, snapshotError: error, problem: { atMs: nowMs, code: error.code, reason: error.reason, error } };
}

function readChange(before: Observation, event: MessengerEvent): Partial<Observation> {
  const { atMs } = event;
  const add = ({ count }: Tally): Tally => ({ count: count + 1, lastMs: atMs });
  switch (event.type) {
    case 'asked':
      return { asks: add(before.asks) };
    case 'token-requested':
      return { isRenewing: event.reason !== 'sign-in' };
    case 'token-received':
      return before.isRenewing ? { renewals: add(before.renewals) } : {};
    case 'identity-lost':
      return { losses: add(before.losses) };
    case 'consent-given':
      return { consent: 'given' };
    case 'consent-withdrawn':
      return { consent: 'withdrawn' };
    case 'token-failed':
    case 'login-rejected':
    case 'load-failed': {
      const reason = 'reason' in event ? event.reason : undefined;
      return { problem: { atMs, code: event.code, reason, error: undefined } };
    }
    default:
      return {};
  }
}
