// What each request does on the backend, and the answer to it.
import type { FakeAccount, FakeBuild } from './account.js';
import { verifyClassicLogin } from './backend-classic.js';
import { readNewMessage } from './backend-messages.js';
import type { BackendRoute } from './backend-routes.js';
import { readJson } from './carried-identity.js';
import type { FakeHistory } from './history.js';
import { createErrorBody } from './outcomes.js';
import { NO_KEY_ID, verifyToken, type VerifiedClaims } from './verify-token.js';
import type { StoredVisitor, Visitors } from './visitors.js';

export interface ApiResult {
  readonly status: number;
  readonly body: unknown;
  /** Why the request was refused, for the log. */
  readonly reason?: string;
  readonly externalId?: string;
}

export interface BackendApi {
  answer(route: BackendRoute, request: Request): Promise<ApiResult>;
  expire(token: string): void;
  expireAll(): void;
  revoke(token: string): void;
  revokeAll(): void;
}

export interface BackendParts {
  readonly account: FakeAccount;
  readonly acceptsAnyKey: boolean;
  readonly build: FakeBuild;
  readonly history: FakeHistory;
  readonly visitors: Visitors;
  /** The ids of the known conversation fields. `undefined`: every id is known. */
  readonly fieldIds: readonly string[] | undefined;
  readonly now: () => number;
  readonly serverNow: () => number;
  readonly sendsProfile: () => boolean;
}

type Caller = { readonly visitor: StoredVisitor } | { readonly reason: string; readonly externalId?: string };

// The only description that is known besides the usual one.
const DESCRIPTIONS: Readonly<Record<string, string>> = { [NO_KEY_ID]: 'Missing key id (kid)' };

const createRefusal = (status: number, reason: string): ApiResult => ({
  status,
  reason,
  body: createErrorBody(status, undefined, DESCRIPTIONS[reason]),
});

export function createBackendApi({
  account,
  acceptsAnyKey,
  build,
  history,
  visitors,
  fieldIds,
  now,
  serverNow,
  sendsProfile,
}: BackendParts): BackendApi {
  const usedTokens = new Set<string>();
  /** Tokens that are refused whatever they contain, each with the reason. */
  const refusedTokens = new Map<string, string>();
  const refuseAll = (reason: string) => usedTokens.forEach((token) => refusedTokens.set(token, reason));

  function verify(token: string): { readonly claims: VerifiedClaims } | { readonly reason: string } {
    usedTokens.add(token);
    const refusal = refusedTokens.get(token);
    if (refusal !== undefined) return { reason: refusal };
    return verifyToken(token, { secret: account.secret, keyId: account.keyId, nowMs: serverNow() });
  }

  // A user is identified by the token, and an anonymous visitor by id and session token. A request about a visitor
  // needs that visitor's own token [M 63].
  function identify(request: Request, visitorId: string | undefined): Caller {
    const caller = authenticate(request);
    if ('reason' in caller || visitorId === undefined || caller.visitor.id === visitorId) return caller;
    const { externalId } = caller.visitor;
    return { reason: 'the token of another visitor', ...(externalId !== undefined && { externalId }) };
  }

  function authenticate(request: Request): Caller {
    const authorization = request.headers.get('authorization') ?? '';
    if (authorization.startsWith('Bearer ')) {
      const verification = verify(authorization.slice('Bearer '.length));
      if ('reason' in verification) return verification;
      return { visitor: visitors.byExternalId(verification.claims.externalId) };
    }
    const [, basic] = /^Basic ([\w+/]+=*)$/.exec(authorization) ?? [];
    if (basic === undefined) return { reason: 'no token' };
    const [id = '', sessionToken = ''] = atob(basic).split(':');
    const visitor = visitors.bySession(id, sessionToken);
    return visitor === undefined ? { reason: 'unknown anonymous visitor' } : { visitor };
  }

  function answerConfiguration(route: BackendRoute, request: Request): ApiResult {
    if (route.key !== account.key && !acceptsAnyKey) {
      const reason = `unknown key: the page uses ${route.key}, but the fake has ${account.key}`;
      return { status: 404, reason, body: { fakeKey: account.key } };
    }
    const { appId, integrationId } = account;
    const { host, origin } = new URL(request.url);
    // If the configuration was not requested from Zendesk's own host, the API is at the same origin. So an example
    // needs only one server.
    const apiOrigin = host === 'ekr.zdassets.com' ? `https://${account.subdomain}.zendesk.com` : origin;
    return { status: 200, body: { build, baseUrl: `${apiOrigin}/sc/sdk`, appId, integrationId, history } };
  }

  async function login(request: Request): Promise<ApiResult> {
    const verification = verify(/^Bearer (.*)$/.exec(request.headers.get('authorization') ?? '')?.[1] ?? '');
    if ('reason' in verification) return createRefusal(401, verification.reason);
    const { appUserId, sessionToken } = await readJson(request);
    const user = visitors.signIn(verification.claims, visitors.bySession(String(appUserId), String(sessionToken)));
    if (user === 'conflict') return createRefusal(409, 'the verified e-mail belongs to another external_id');
    const { externalId } = verification.claims;
    return {
      status: 200,
      externalId,
      body: { appUser: { id: user.id, userId: externalId, ...(sendsProfile() && describe(user)) } },
    };
  }

  async function loginToClassic(kind: 'chat-login' | 'help-center-login', request: Request): Promise<ApiResult> {
    const { token } = await readJson(request);
    usedTokens.add(String(token));
    const refusal = refusedTokens.get(String(token));
    const verification =
      refusal === undefined ? verifyClassicLogin(kind, String(token), account, serverNow()) : { reason: refusal };
    if ('reason' in verification) return createRefusal(401, verification.reason);
    const { externalId } = verification.claims;
    return { status: 200, body: verification.claims, ...(externalId !== undefined && { externalId }) };
  }

  async function answerCaller(route: BackendRoute, request: Request, visitor: StoredVisitor): Promise<ApiResult> {
    const externalId = visitor.externalId === undefined ? {} : { externalId: visitor.externalId };
    if (route.kind === 'logout' && visitor.externalId !== undefined) visitors.signOut(visitor.externalId);
    if (route.kind === 'send') {
      const message = readNewMessage(await readJson(request), now());
      if (message === undefined) return { ...createRefusal(400, 'a message without text'), ...externalId };
      return { status: 201, body: { message: visitors.addMessage(visitor, message) }, ...externalId };
    }
    const body = route.kind === 'conversations' ? { messages: visitor.messages } : {};
    return { status: 200, body, ...externalId };
  }

  return {
    async answer(route, request) {
      if (route.kind === 'compose') return answerConfiguration(route, request);
      if (route.kind === 'chat-login' || route.kind === 'help-center-login') return loginToClassic(route.kind, request);
      if (route.appId !== account.appId)
        return createRefusal(404, route.appId === undefined ? 'unknown address' : 'unknown app');
      if (route.kind === 'login') return login(request);
      // Anyone may read the rules of the fields. Without `ids`, every id is known.
      if (route.kind === 'fields') return { status: 200, body: fieldIds === undefined ? {} : { ids: fieldIds } };
      if (route.kind === 'visitor') return { status: 201, body: visitors.createAnonymous() };
      const caller = identify(request, route.visitorId);
      if ('visitor' in caller) return answerCaller(route, request, caller.visitor);
      const { reason, ...token } = caller;
      return { ...createRefusal(401, reason), ...token };
    },
    expire: (token) => void refusedTokens.set(token, 'expired'),
    expireAll: () => refuseAll('expired'),
    revoke: (token) => void refusedTokens.set(token, 'revoked'),
    revokeAll: () => refuseAll('revoked'),
  };
}

// What the server knows about a user from the token [M 41].
function describe({ name, verifiedEmail }: StoredVisitor): Readonly<Record<string, string>> {
  const [givenName = '', ...surname] = name?.trim().split(/\s+/) ?? [];
  return {
    ...(givenName !== '' && { givenName }),
    ...(surname.length > 0 && { surname: surname.join(' ') }),
    ...(verifiedEmail !== undefined && { email: verifiedEmail }),
  };
}
