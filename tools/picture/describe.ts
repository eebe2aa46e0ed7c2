// The life of a visitor's tokens in words, for screen readers.
import type { readSignedIn, TokenLife } from './recording.js';

const REASONS = { 'sign-in': 'for the sign-in', renewal: 'as a renewal', invalid_auth: 'after the refusal' };

export const nameSeconds = (ms: number) => `${Math.round(ms / 1000)} s`;

export function describe(tokens: readonly TokenLife[], signedIn: ReturnType<typeof readSignedIn>): string {
  const lives = tokens.map(({ why, requestedMs, refusedMs, endMs, expiresMs }) => {
    const end =
      refusedMs === undefined
        ? `in use until ${nameSeconds(endMs)}`
        : `refused by Zendesk at ${nameSeconds(refusedMs)}`;
    const start = `A token is fetched at ${nameSeconds(requestedMs)} ${REASONS[why]}`;
    return `${start}, ${end}; it would have expired at ${nameSeconds(expiresMs)}.`;
  });
  const spans = signedIn.map(([fromMs, untilMs]) => `from ${nameSeconds(fromMs)} to ${nameSeconds(untilMs)}`);
  return [...lives, `The visitor is signed in ${spans.join(' and ')}.`].join(' ');
}
