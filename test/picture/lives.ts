// Lives to draw: what `npm run picture` would record, at whatever instants the renewals came.
import type { Recording } from '../../tools/picture/recording.js';
import type { MessengerEvent, TokenReason } from '../../src/index.js';

interface Instants {
  readonly lifetimeMs: number;
  /** When the second and the last token are requested, and in between the one after a refusal. */
  readonly renewedMs: readonly [number, number];
  readonly refusedMs: number;
  readonly outMs: number;
}

/** Signs in, is renewed, refused, renewed again, and signs out. */
export function recordLife({ lifetimeMs, renewedMs, refusedMs, outMs }: Instants): Recording {
  const receive = (requestedMs: number, reason: TokenReason): MessengerEvent[] => [
    { type: 'token-requested', atMs: requestedMs, reason },
    { type: 'token-received', atMs: requestedMs + 60, lifetimeMs },
  ];
  const handOver = (type: 'login-called' | 'push-called', atMs: number): MessengerEvent[] => [
    { type, atMs },
    { type: 'asked', atMs: atMs + 1 },
    { type: 'answered', atMs: atMs + 1, withToken: true },
    { type: 'login-accepted', atMs: atMs + 40 },
  ];
  return {
    events: [
      ...receive(100, 'sign-in'),
      ...handOver('login-called', 160),
      ...receive(renewedMs[0], 'renewal'),
      ...handOver('push-called', renewedMs[0] + 80),
      { type: 'asked', atMs: refusedMs },
      { type: 'token-refused', atMs: refusedMs },
      ...receive(refusedMs, 'invalid_auth'),
      { type: 'answered', atMs: refusedMs + 80, withToken: true },
      ...handOver('push-called', refusedMs + 5000),
      ...receive(renewedMs[1], 'renewal'),
      ...handOver('push-called', renewedMs[1] + 80),
      { type: 'signed-out', atMs: outMs },
    ],
    visitor: [
      { kind: 'none', atMs: 0 },
      { kind: 'user', atMs: 200 },
      { kind: 'none', atMs: outMs },
    ],
  };
}

export const LIFE = recordLife({ lifetimeMs: 60_000, renewedMs: [30_000, 70_000], refusedMs: 40_000, outMs: 80_000 });

/** About the earliest and the latest that chance makes of it; in the first, the axis ends at a number. */
export const EARLY = recordLife({ lifetimeMs: 60_000, renewedMs: [20_000, 61_000], refusedMs: 31_000, outMs: 70_000 });
export const LATE = recordLife({ lifetimeMs: 60_000, renewedMs: [40_000, 91_000], refusedMs: 51_000, outMs: 100_000 });
