// A visitor's life with the example, as the page's timeline has it, and what its tokens went through.
import type { MessengerEvent } from '../src/index.js';

export interface Mark {
  readonly type: MessengerEvent['type'];
  /** From the visitor's click on "Sign in". */
  readonly atMs: number;
}

/** `lifetimeMs`: of each token, from its request on. */
export interface Recording {
  readonly lifetimeMs: number;
  readonly marks: readonly Mark[];
}

export interface TokenLife {
  readonly why: 'sign-in' | 'renewal' | 'refusal';
  readonly requestedMs: number;
  readonly handedMs: number;
  /** When Zendesk refused it; `undefined` if it never did. */
  readonly refusedMs: number | undefined;
  /** When another took its place, or nobody needed it any more. */
  readonly endMs: number;
  readonly expiresMs: number;
}

const HANDED: readonly Mark['type'][] = ['login-called', 'push-called', 'answered'];

/** @throws Error where the recording is none of a visitor who signs in and out */
export function readTokens({ marks, lifetimeMs }: Recording): TokenLife[] {
  const outMs = timeOf(marks, 'signed-out');
  const requests = marks.filter(({ type }) => type === 'token-requested');
  const handed = requests.map(({ atMs }) => {
    const receivedMs = timeOf(marks, 'token-received', atMs);
    return marks.find((mark) => mark.atMs >= receivedMs && HANDED.includes(mark.type))!.atMs;
  });
  return requests.map(({ atMs: requestedMs }, index) => {
    const nextMs = handed[index + 1] ?? outMs;
    const refusedMs = findTime(marks, 'token-refused', handed[index]);
    const wasRefused = refusedMs !== undefined && refusedMs < nextMs;
    const beforeMs = handed[index - 1];
    const followsRefusal =
      beforeMs !== undefined && (findTime(marks, 'token-refused', beforeMs) ?? Infinity) <= requestedMs;
    return {
      why: index === 0 ? 'sign-in' : followsRefusal ? 'refusal' : 'renewal',
      requestedMs,
      handedMs: handed[index]!,
      refusedMs: wasRefused ? refusedMs : undefined,
      endMs: wasRefused ? refusedMs : nextMs,
      expiresMs: requestedMs + lifetimeMs,
    };
  });
}

/** From when to when the visitor was signed in. */
export function readSignedIn({ marks }: Recording): readonly [fromMs: number, untilMs: number] {
  return [timeOf(marks, 'login-accepted'), timeOf(marks, 'signed-out')];
}

const findTime = (marks: readonly Mark[], type: Mark['type'], fromMs = 0) =>
  marks.find((mark) => mark.type === type && mark.atMs >= fromMs)?.atMs;

function timeOf(marks: readonly Mark[], type: Mark['type'], fromMs?: number): number {
  const atMs = findTime(marks, type, fromMs);
  if (atMs === undefined) throw new Error(`The recording has no "${type}"`);
  return atMs;
}
