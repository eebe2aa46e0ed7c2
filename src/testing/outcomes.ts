// The outcomes that a test sets for requests, instead of the backend's normal response.

/**
 * The kind of a request. `compose` loads the snippet's configuration, `visitor` creates an anonymous visitor,
 * `read-visitor` reads a visitor, as a page load with a stored anonymous visitor does [M 44], `update-visitor` changes
 * a visitor's locale, `realtime` connects the socket, and `fields` fetches the rules of the conversation fields [M 71].
 * `chat-login` and `help-center-login` check a token of the Web Widget (Classic) [M 37].
 */
export type BackendRequestKind =
  | 'compose'
  | 'login'
  | 'logout'
  | 'visitor'
  | 'read-visitor'
  | 'update-visitor'
  | 'send'
  | 'conversations'
  | 'realtime'
  | 'fields'
  | 'chat-login'
  | 'help-center-login'
  | 'other';

/**
 * The outcome of a request.
 *
 * - `{ status }`: responds with this status. Below 500, the body is Zendesk's `{ error: { code, description } }` with the
 *   usual texts for the status, unless you set them. From 500 on, there is no structured body unless you set `code`,
 *   `description` or `body`.
 * - Only `{ delayMs }`: responds as usual, but late. The request takes effect immediately; only the response is late.
 * - `'network-error'`: the connection breaks. The request has no effect.
 * - `'hang'`: does not respond until the request is aborted.
 */
export type FakeOutcome =
  | {
      /** The HTTP status. */
      readonly status: number;
      /** The error code in the body, such as `invalid_auth`. */
      readonly code?: string;
      /** The description in the body, such as `Invalid JWT`. The page gets this text. */
      readonly description?: string;
      /** The delay of the response, in milliseconds. Default: 0. */
      readonly delayMs?: number;
      /** The body. A string is sent unchanged, any other value as JSON, and `null` as an empty body. */
      readonly body?: unknown;
    }
  | {
      /** The delay of the response, in milliseconds. */
      readonly delayMs: number;
    }
  | 'network-error'
  | 'hang';

export interface Outcomes {
  /** Sets the outcome of one request. Several calls apply to several requests, in order. */
  next(kind: BackendRequestKind, outcome: FakeOutcome): void;
  /** Sets the outcome of every request, until it is set to `undefined`. */
  always(kind: BackendRequestKind, outcome: FakeOutcome | undefined): void;
  /**
   * Returns the outcome for a request that arrives now: the oldest one set by `next`, or else the one set by `always`.
   */
  take(kind: BackendRequestKind): FakeOutcome | undefined;
}

export function createOutcomes(): Outcomes {
  const queues = new Map<BackendRequestKind, FakeOutcome[]>();
  const permanent = new Map<BackendRequestKind, FakeOutcome>();
  return {
    next(kind, outcome) {
      queues.set(kind, [...(queues.get(kind) ?? []), outcome]);
    },
    always(kind, outcome) {
      if (outcome === undefined) permanent.delete(kind);
      else permanent.set(kind, outcome);
    },
    take: (kind) => queues.get(kind)?.shift() ?? permanent.get(kind),
  };
}

const ERROR_TEXTS: Readonly<Record<number, readonly [code: string, description: string]>> = {
  400: ['bad_request', 'Bad Request'],
  401: ['invalid_auth', 'Invalid JWT'],
  403: ['forbidden', 'Forbidden'],
  404: ['not_found', 'Not Found'],
  409: ['conflict', 'User already exists'],
  429: ['too_many_requests', 'Too Many Requests'],
};

/** Returns the body of Zendesk's refusals [M 21]. */
export function createErrorBody(status: number, code?: string, description?: string): unknown {
  const [usualCode, usualDescription] = ERROR_TEXTS[status] ?? ['error', 'Error'];
  return { error: { code: code ?? usualCode, description: description ?? usualDescription } };
}

/** Returns the status and body of an outcome that a test has set. */
export function createFixedResponse(outcome: Extract<FakeOutcome, { status: number }>): {
  status: number;
  body: unknown;
} {
  const { status, code, description, body } = outcome;
  if (body !== undefined) return { status, body };
  if (status < 400) return { status, body: status === 204 ? null : {} };
  const isStructured = status < 500 || code !== undefined || description !== undefined;
  return { status, body: isStructured ? createErrorBody(status, code, description) : 'Service unavailable' };
}

/** Never answers. Rejects when the request is aborted. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
