// What a test tells the backend to answer instead of, or before, what it would answer.

/** The kinds of request that the backend tells apart. `visitor` creates an anonymous visitor, `realtime` stands for the socket. */
export type BackendRequestKind =
  'compose' | 'login' | 'logout' | 'visitor' | 'send' | 'conversations' | 'realtime' | 'other';

/**
 * How a request is answered.
 *
 * - `{ status }`: with this status. Below 500, the body is Zendesk's `{ error: { code, description } }`, with the usual
 *   words for the status unless given; from 500 on there is no structured body unless `code`, `description` or `body` is given.
 * - `{ delayMs }` alone: as it would have been, but late. The request takes effect at once, the answer is what is late.
 * - `'network-error'`: as if the connection broke. The request takes no effect.
 * - `'hang'`: never, until the request is aborted.
 */
export type FakeOutcome =
  | {
      /** The HTTP status. */
      readonly status: number;
      /** In the body, such as `invalid_auth`. */
      readonly code?: string;
      /** In the body, such as `Invalid JWT`: the words that reach the page. */
      readonly description?: string;
      /** How late the answer is, milliseconds. Default 0. */
      readonly delayMs?: number;
      /** A text as it is, anything else as JSON; `null` for an empty body. */
      readonly body?: unknown;
    }
  | {
      /** How late the answer is, milliseconds. */
      readonly delayMs: number;
    }
  | 'network-error'
  | 'hang';

export interface Outcomes {
  next(kind: BackendRequestKind, outcome: FakeOutcome): void;
  always(kind: BackendRequestKind, outcome: FakeOutcome | undefined): void;
  /** The outcome for a request that arrives now: the oldest of those set by `next`, or else the one set by `always`. */
  take(kind: BackendRequestKind): FakeOutcome | undefined;
}

export function createOutcomes(): Outcomes {
  const queues = new Map<BackendRequestKind, FakeOutcome[]>();
  const standing = new Map<BackendRequestKind, FakeOutcome>();
  return {
    next(kind, outcome) {
      queues.set(kind, [...(queues.get(kind) ?? []), outcome]);
    },
    always(kind, outcome) {
      if (outcome === undefined) standing.delete(kind);
      else standing.set(kind, outcome);
    },
    take: (kind) => queues.get(kind)?.shift() ?? standing.get(kind),
  };
}

const WORDS: Readonly<Record<number, readonly [code: string, description: string]>> = {
  400: ['bad_request', 'Bad Request'],
  401: ['invalid_auth', 'Invalid JWT'],
  403: ['forbidden', 'Forbidden'],
  404: ['not_found', 'Not Found'],
  409: ['conflict', 'User already exists'],
  429: ['too_many_requests', 'Too Many Requests'],
};

/** The body that Zendesk sends with a refusal [M 21]. */
export function refusalBody(status: number, code?: string, description?: string): unknown {
  const [usualCode, usualDescription] = WORDS[status] ?? ['error', 'Error'];
  return { error: { code: code ?? usualCode, description: description ?? usualDescription } };
}

/** The status and body of a set outcome. */
export function fixedAnswer(outcome: Extract<FakeOutcome, { status: number }>): { status: number; body: unknown } {
  const { status, code, description, body } = outcome;
  if (body !== undefined) return { status, body };
  if (status < 400) return { status, body: status === 204 ? null : {} };
  const structured = status < 500 || code !== undefined || description !== undefined;
  return { status, body: structured ? refusalBody(status, code, description) : 'Service unavailable' };
}
