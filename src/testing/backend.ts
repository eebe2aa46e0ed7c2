// The parts of Zendesk's servers that the messenger uses: one function from a request to a response.
import { FAKE_ACCOUNT, type FakeAccount, type FakeBuild } from './account.js';
import { createBackendApi, type ApiResult } from './backend-api.js';
import { findRoute } from './backend-routes.js';
import { findBreach, readIdentity, type BackendBreach, type CarriedIdentity } from './carried-identity.js';
import type { FakeHistory } from './history.js';
import { checkGlobals } from './needed-globals.js';
import {
  createFixedResponse,
  createOutcomes,
  untilAborted,
  type BackendRequestKind,
  type FakeOutcome,
} from './outcomes.js';
import { preflightResponse, toResponse } from './responses.js';
import { randomId } from './random-id.js';
import { createVisitors, type StoredVisitor } from './visitors.js';

/**
 * A request that reached the backend. A login says which identity it carried. Contains no token, session secret, e-mail
 * or message text. CORS preflights are not logged.
 */
export interface BackendRequest extends CarriedIdentity {
  /** When it arrived, in milliseconds since 1970 by the backend's `now`. */
  readonly atMs: number;
  /** The purpose of the request. */
  readonly kind: BackendRequestKind;
  /** The HTTP status of the response, or why there was none. */
  readonly status: number | 'network-error' | 'hang';
  /** Why the request was refused, in words. The page mostly gets `Invalid JWT`. */
  readonly reason?: string | undefined;
  /** The `external_id` of its token, if that was accepted. The messenger may believe in another user [M 29]. */
  readonly externalId?: string | undefined;
}

/** The options of {@link createFakeBackend}. The default of each account value is that of {@link FAKE_ACCOUNT}. */
export interface FakeBackendOptions extends Partial<FakeAccount> {
  /**
   * Whether a page may use any key, not only the `key` of this account. Default: `false`, as at Zendesk.
   */
  readonly acceptsAnyKey?: boolean;
  /** The build that the snippet starts. Default: `'B26'`. */
  readonly build?: FakeBuild;
  /** The ids of the account's conversation fields. Other ids are refused [M 71]. Default: every id is known. */
  readonly conversationFieldIds?: readonly string[];
  /** Whether a visitor's history outlives the tab [M 40]. Default: `'remember'`. */
  readonly history?: FakeHistory;
  /** @internal Returns the id of a new user. Default: a random id. */
  readonly createUserId?: (externalId: string) => string;
  /** The clock, in milliseconds since 1970. Default: `Date.now`, looked up at every call, so fake timers work. */
  readonly now?: () => number;
}

/** The servers behind the fake messenger. The state is in memory only. Create a new backend for each test. */
export interface FakeBackend {
  /**
   * Answers a request. Only the method and the path matter, not the host. So you can use it with msw
   * (`http.all('https://*', ({ request }) => backend.handle(request))`) or an HTTP server.
   *
   * Rejects only when a hanging request is aborted. A network error is a `Response.error()`; an HTTP server must
   * destroy the connection instead.
   */
  handle(request: Request): Promise<Response>;
  /** {@link FakeBackend.handle} with the signature of `fetch`, for {@link installFakeMessenger}. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** The account of this backend. Pass it to {@link signToken}. */
  readonly account: FakeAccount;
  /** All requests so far, oldest first. */
  readonly requests: readonly BackendRequest[];
  /**
   * The logins that carried another user's identity, oldest first. The backend accepts them all the same. A page that
   * treats its visitors well has none.
   */
  readonly breaches: readonly BackendBreach[];
  /** All visitors that the backend knows, anonymous visitors and users, with their messages. */
  readonly visitors: readonly StoredVisitor[];
  /** Returns the user with this `external_id`, or `undefined` if there is none. */
  user(externalId: string): StoredVisitor | undefined;
  /** Treats a token as expired: from now on the backend answers it with 401. Its `exp` does not matter. */
  expire(token: string): void;
  /** Treats every token that was ever used as expired: from now on the backend answers them with 401. */
  expireAll(): void;
  /** Revokes a token: from now on the backend answers it with 401. */
  revoke(token: string): void;
  /** Revokes every token that was ever used: from now on the backend answers them with 401. */
  revokeAll(): void;
  /** How far the server's clock is ahead of `now()`, in milliseconds. Can be negative. Default: 0. */
  clockSkewMs: number;
  /** Adds the header `x-zendesk-killswitch` to every API response, which stops build B26 [M 11]. Default: `false`. */
  killSwitch: boolean;
  /**
   * Whether the answer to a login has the user's name and verified e-mail from the token. B26 then stores them, and every
   * sign-out leaves them there [M 41]. Default: `false`.
   */
  sendsProfile: boolean;
  /** Sends 401 without CORS headers, so that browsers report a network error instead [M 30]. Default: `false`. */
  withoutCors: boolean;
  /** Sets the outcome of the next request of this kind. Several calls apply to several requests, in order. */
  answerNext(kind: BackendRequestKind, outcome: FakeOutcome): void;
  /** Sets the outcome of every request of this kind, until you set `undefined`. `answerNext` has priority. */
  answerAlways(kind: BackendRequestKind, outcome: FakeOutcome | undefined): void;
}

/**
 * Creates the fake of Zendesk's servers: the snippet's configuration, login, logout, messages and conversations.
 *
 * Tokens are checked as strictly as Zendesk does, as far as that is known: the signature, `alg`, `typ`, `kid`, `scope`,
 * `external_id` and the dates, without leeway for `exp`. Refusals are 401 `Invalid JWT`, as in production, or `Missing key id (kid)`.
 * {@link FakeBackend.requests} says why. It makes no network requests and opens no port.
 *
 * @param options - the account, the build and the clock
 * @throws Error if the test environment hides `Request`, `Response`, `TextDecoder` or `TextEncoder`, as Jest's jsdom
 *   does
 * @example
 * const backend = createFakeBackend();
 * backend.answerNext('login', { status: 503 });
 * const messenger = installFakeMessenger({ fetch: backend.fetch });
 * // … the page signs in; the first login fails …
 * expect(backend.requests.map(({ kind, status }) => `${kind} ${status}`)).toContain('login 503');
 * messenger.uninstall();
 */
export function createFakeBackend(options: FakeBackendOptions = {}): FakeBackend {
  checkGlobals();
  const {
    acceptsAnyKey = false,
    build = 'B26',
    history = 'remember',
    now = () => Date.now(),
    conversationFieldIds: fieldIds,
    createUserId = () => randomId(),
    ...given
  } = options;
  const account: FakeAccount = { ...FAKE_ACCOUNT, ...given };
  const visitors = createVisitors(createUserId);
  const outcomes = createOutcomes();
  const requests: BackendRequest[] = [];
  const breaches: BackendBreach[] = [];
  const settings = { clockSkewMs: 0, killSwitch: false, sendsProfile: false, withoutCors: false };
  const api = createBackendApi({
    ...{ account, acceptsAnyKey, build, history, visitors, fieldIds, now, sendsProfile: () => settings.sendsProfile },
    serverNow: () => now() + settings.clockSkewMs,
  });

  async function examineLogin(request: Request, atMs: number): Promise<CarriedIdentity> {
    const identity = await readIdentity(request, visitors);
    const breach = findBreach(request, identity, atMs);
    if (breach !== undefined) breaches.push(breach);
    return identity;
  }

  async function handle(request: Request): Promise<Response> {
    if (request.method === 'OPTIONS') return preflightResponse(request);
    const route = findRoute(request.method, new URL(request.url).pathname);
    // Take the outcome before the first await, so that outcomes apply to requests in the order of their arrival.
    const outcome = outcomes.take(route.kind);
    const atMs = now();
    const identity = route.kind === 'login' ? await examineLogin(request, atMs) : {};
    if (outcome === 'network-error' || outcome === 'hang') {
      requests.push({ atMs, kind: route.kind, status: outcome, ...identity });
      return outcome === 'hang' ? untilAborted(request.signal) : Response.error();
    }
    const result: ApiResult =
      outcome !== undefined && 'status' in outcome
        ? { ...createFixedResponse(outcome), reason: 'set by answerNext or answerAlways' }
        : await api.answer(route, request);
    const { status, reason, externalId } = result;
    requests.push({
      atMs,
      kind: route.kind,
      status,
      reason: status < 400 ? undefined : reason,
      externalId,
      ...identity,
    });
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
    breaches,
    visitors: visitors.all,
    user: (externalId: string) => visitors.all.find((visitor) => visitor.externalId === externalId),
    expire: api.expire,
    expireAll: api.expireAll,
    revoke: api.revoke,
    revokeAll: api.revokeAll,
    answerNext: outcomes.next,
    answerAlways: outcomes.always,
  });
}
