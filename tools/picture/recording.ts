// A visitor's life with the example, as the library and Zendesk's stand-in told it, and what its tokens went through.
import type { MessengerEvent, TokenReason } from '../../src/index.js';

/** All instants in it are counted from the visitor's click on "Sign in". */
export interface Recording {
  /** What `onEvent` was told. */
  readonly events: readonly MessengerEvent[];
  /** Who the visitor was for Zendesk's messenger, and since when. */
  readonly visitor: readonly VisitorChange[];
}

export interface VisitorChange {
  readonly kind: 'none' | 'anonymous' | 'user';
  readonly atMs: number;
}

export interface TokenLife {
  readonly why: TokenReason;
  readonly requestedMs: number;
  /** When it was handed over first; `undefined` if it never was. */
  handedMs: number | undefined;
  /** Each time the visitor was signed in with it. An ask that is answered with it is none: nobody accepts or refuses. */
  readonly signInsMs: number[];
  /** When Zendesk refused it; `undefined` if it never did. */
  refusedMs: number | undefined;
  /** When it was refused, another took its place, or the visitor left. */
  endMs: number;
  readonly expiresMs: number;
}

/** @throws Error where a token is received that was not requested, or that never expires, or where nobody signs out */
export function readTokens({ events }: Recording): TokenLife[] {
  const tokens: TokenLife[] = [];
  let request: Extract<MessengerEvent, { type: 'token-requested' }> | undefined;
  for (const event of events) {
    const { type, atMs } = event;
    const latest = tokens.at(-1);
    if (type === 'token-requested') request = event;
    if (type === 'token-received') {
      if (!request || !event.lifetimeMs)
        throw new Error('The recording has a token without a request or without an end');
      const { reason: why, atMs: requestedMs } = request;
      const expiresMs = requestedMs + event.lifetimeMs;
      tokens.push({
        why,
        requestedMs,
        handedMs: undefined,
        signInsMs: [],
        refusedMs: undefined,
        endMs: expiresMs,
        expiresMs,
      });
    }
    const isSignIn = type === 'login-called' || type === 'push-called';
    if (latest && (isSignIn || (type === 'answered' && event.withToken))) {
      if (latest.handedMs === undefined) endToken(tokens.at(-2), atMs);
      latest.handedMs ??= atMs;
      if (isSignIn) latest.signInsMs.push(atMs);
    }
    if (type === 'token-refused') {
      const refused = tokens.filter(({ handedMs }) => handedMs !== undefined).at(-1);
      if (refused) refused.refusedMs = atMs;
      endToken(refused, atMs);
    }
    if (type === 'signed-out') endToken(latest, atMs);
  }
  if (events.at(-1)?.type !== 'signed-out') throw new Error('The recording does not end with a sign-out');
  return tokens;
}

function endToken(token: TokenLife | undefined, atMs: number): void {
  if (token) token.endMs = Math.min(token.endMs, atMs);
}

/** From when to when the visitor was signed in to Zendesk: once, if it was never interrupted. */
export function readSignedIn({ visitor }: Recording): (readonly [fromMs: number, untilMs: number])[] {
  return visitor.flatMap(({ kind, atMs }, index) => {
    const next = visitor[index + 1];
    if (kind !== 'user') return [];
    if (!next) throw new Error('The recording ends before the visitor is signed out');
    return [[atMs, next.atMs] as const];
  });
}

export const readInstants = ({ events }: Recording, wanted: MessengerEvent['type']): number[] =>
  events.filter(({ type }) => type === wanted).map(({ atMs }) => atMs);
