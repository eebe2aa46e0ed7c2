// What the tokens of one visit went through, read from the events of the library.
import type { MessengerEvent } from '../../src/index.js';

/** All times count from the call of `login()`. */
export interface Life {
  readonly events: readonly MessengerEvent[];
  /** The times in which the visitor was signed in to the fake messenger. */
  readonly signedIn: readonly (readonly [fromMs: number, untilMs: number])[];
}

export type TokenLife = ReturnType<typeof readTokens>[number];

const ENDS = ['token-received', 'token-refused', 'signed-out'];

/**
 * A token ends when the next one replaces it, Zendesk refuses it, or the visitor signs out.
 *
 * @throws Error if a token was not requested, never expires, or does not end
 */
export function readTokens({ events }: Life) {
  return events.flatMap((event, at) => {
    if (event.type !== 'token-received') return [];
    const request = events
      .slice(0, at)
      .filter(({ type }) => type === 'token-requested')
      .at(-1);
    const end = events.slice(at + 1).find(({ type }) => ENDS.includes(type));
    if (request?.type !== 'token-requested' || !end || !event.lifetimeMs) {
      throw new Error('A token of this life was not requested, never expires, or does not end');
    }
    const { reason, atMs: requestedMs } = request;
    const isRefused = end.type === 'token-refused';
    return [{ reason, requestedMs, endMs: end.atMs, isRefused, expiresMs: requestedMs + event.lifetimeMs }];
  });
}
