// Zendesk's servers, as far as the messenger talks to them: one function from a request to an answer.
import { FAKE_ACCOUNT, type FakeAccount, type FakeBuild } from './account.js';
import { createBackendApi, type ApiResult } from './backend-api.js';
import { findRoute } from './backend-routes.js';
import { checkGlobals } from './needed-globals.js';
import { createOutcomes, fixedAnswer, type BackendRequestKind, type FakeOutcome } from './outcomes.js';
import { preflightResponse, toResponse } from './responses.js';
import { createVisitors, type StoredVisitor } from './visitors.js';

/** A request that reached the backend. Holds no token, no e-mail and no message text. CORS preflights are not logged. */
export interface BackendRequest {
  /** When it arrived, milliseconds since 1970 by the backend's `now`. */
  readonly atMs: number;
  /** What it was for. */
  readonly kind: BackendRequestKind;
  /** The HTTP status of the answer, or that there was none. */
  readonly status: number | 'network-error' | 'hang';
  /** Why it was refused, in words. The page is told no more than `Invalid JWT`. */
  readonly reason?: string | undefined;
  /** Whose token it carried, if that was accepted. Not what the messenger believes: see [M 29]. */
  readonly externalId?: string | undefined;
}

/** Options of {@link createFakeBackend}; each account value defaults to that of {@link FAKE_ACCOUNT}. */
export interface FakeBackendOptions extends Partial<FakeAccount> {
  /** The build that the snippet is told to start. Default `'B26'`. */
  readonly build?: FakeBuild;
  /** The test's clock, milliseconds since 1970. Default `Date.now`, looked up at every call. */
  readonly now?: () => number;
}

/** The servers behind the fake messenger. Holds state in memory only; make a new one for each test. */
export interface FakeBackend {
  /**
   * Answers a request, chosen by its method and path, not by its host: so it can stand behind msw
   * (`http.all('https://*', ({ request }) => backend.handle(request))`) or an HTTP server. It rejects only when a request
   * that hangs is aborted. A network error is a `Response.error()`: an HTTP server has to destroy the connection instead.
   */
  handle(request: Request): Promise<Response>;
  /** {@link FakeBackend.handle} with the signature of `fetch`, for {@link installFakeMessenger}. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The account it keeps. Pass it to {@link signToken}. */
  readonly account: FakeAccount;
  /** Every request so far, oldest first. */
  readonly requests: readonly BackendRequest[];
  /** Everybody it knows: anonymous visitors and users, who is signed in, and their messages. */
  readonly visitors: readonly StoredVisitor[];
  /** The user with this `external_id`. */
  user(externalId: string): StoredVisitor | undefined;
  /** From now on this token is answered with 401. */
  revoke(token: string): void;
  /** From now on every token that was ever presented is answered with 401. */
  revokeAll(): void;
  /** How far the server's clock is ahead of `now()`, milliseconds. Default 0. */
  clockSkewMs: number;
  /** Adds the header `x-zendesk-killswitch` to every API answer, which stops build B26 [M 11]. Default `false`. */
  killSwitch: boolean;
  /** Sends 401 answers without CORS headers, so that browsers report a network error instead [M 30]. Default `false`. */
  withoutCors: boolean;
  /** The next request of this kind is answered so. Calls queue up. */
  answerNext(kind: BackendRequestKind, outcome: FakeOutcome): void;
  /** Every request of this kind is answered so, until `undefined` is set. `answerNext` goes first. */
  answerAlways(kind: BackendRequestKind, outcome: FakeOutcome | undefined): void;
}

/**
 * Makes Zendesk's side of the fake: the snippet's configuration, login, logout, messages, conversations.
 *
 * Tokens are checked as strictly as Zendesk is known to: the signature, `alg`, `typ`, `kid`, `scope`, `external_id` and the dates,
 * without leeway for `exp`. Refusals are 401 `Invalid JWT`, as in production; {@link FakeBackend.requests} says why.
 *
 * @throws Error where the test environment hides `Request`, `Response`, `TextDecoder` or `TextEncoder`, as Jest's jsdom does
 */
export function createFakeBackend(options: FakeBackendOptions = {}): FakeBackend {
  checkGlobals();
  const { build = 'B26', now = () => Date.now(), ...given } = options;
  const account: FakeAccount = { ...FAKE_ACCOUNT, ...given };
  const visitors = createVisitors();
  const outcomes = createOutcomes();
  const requests: BackendRequest[] = [];
  const settings = { clockSkewMs: 0, killSwitch: false, withoutCors: false };
  const api = createBackendApi({ account, build, visitors, now, serverNow: () => now() + settings.clockSkewMs });

  async function handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return preflightResponse(request);
    const route = findRoute(request.method, new URL(request.url).pathname);
    // Taken before anything is awaited: outcomes go to requests in the order of their arrival.
    const outcome = outcomes.take(route.kind);
    const atMs = now();
    if (outcome === 'network-error' || outcome === 'hang') {
      requests.push({ atMs, kind: route.kind, status: outcome });
      return outcome === 'hang' ? untilAborted(request.signal) : Response.error();
    }
    const result: ApiResult =
      outcome !== undefined && 'status' in outcome
        ? { ...fixedAnswer(outcome), reason: 'set by answerNext or answerAlways' }
        : await api.answer(route, request);
    const { status, reason, externalId } = result;
    requests.push({ atMs, kind: route.kind, status, reason: status < 400 ? undefined : reason, externalId });
    const response = toResponse(request, result, {
      cors: !(settings.withoutCors && status === 401),
      killSwitch: settings.killSwitch && route.kind !== 'compose',
    });
    const delayMs = outcome?.delayMs ?? 0;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    return response;
  }

  return Object.assign(settings, {
    handle,
    fetch: (input: string | URL | Request, init?: RequestInit) => handle(new Request(input, init)),
    account,
    requests,
    visitors: visitors.all,
    user: (externalId: string) => visitors.all.find((visitor) => visitor.externalId === externalId),
    revoke: api.revoke,
    revokeAll: api.revokeAll,
    answerNext: outcomes.next,
    answerAlways: outcomes.always,
  });
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}
