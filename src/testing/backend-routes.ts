// Finds the kind of a request by its method and path. The host does not matter, so the backend can run behind any host.
import type { BackendRequestKind } from './outcomes.js';

export interface BackendRoute {
  readonly kind: BackendRequestKind;
  /** The key in a compose URL. */
  readonly key?: string;
  readonly appId?: string;
  /** The visitor in the URL, if there is one. */
  readonly visitorId?: string;
}

const COMPOSE = /\/compose\/([^/]+)$/;
const API = /\/sc\/sdk\/v2\/apps\/([^/]+)\/(.+)$/;

// The sign-ins of the Web Widget (Classic). The real chat has a host of its own.
const CLASSIC_KINDS: Readonly<Record<string, BackendRequestKind>> = {
  'POST /authenticated/web/jwt': 'chat-login',
  'POST /embeddable/authenticate': 'help-center-login',
};

const KINDS: Readonly<Record<string, BackendRequestKind>> = {
  'POST login': 'login',
  'POST appusers': 'visitor',
  'GET realtime': 'realtime',
  'GET conversation_fields': 'fields',
};

// By method and what follows `appusers/<id>`.
const VISITOR_KINDS: Readonly<Record<string, BackendRequestKind>> = {
  'GET ': 'read-visitor',
  'PUT ': 'update-visitor',
  'POST /logout': 'logout',
  'POST /messages': 'send',
  'GET /conversations': 'conversations',
};

/** Returns the route of a request. A route of kind `other` without an `appId` is not for this backend. */
export function findRoute(method: string, pathname: string): BackendRoute {
  const key = COMPOSE.exec(pathname)?.[1];
  if (key !== undefined && method === 'GET') return { kind: 'compose', key: decodeURIComponent(key) };
  const classic = CLASSIC_KINDS[`${method} ${pathname}`];
  if (classic !== undefined) return { kind: classic };
  const [, appId, rest] = API.exec(pathname) ?? [];
  if (appId === undefined || rest === undefined) return { kind: 'other' };
  const [, visitorId, of] = /^appusers\/([^/]+)((?:\/\w+)?)$/.exec(rest) ?? [];
  if (visitorId !== undefined && of !== undefined)
    return { kind: VISITOR_KINDS[`${method} ${of}`] ?? 'other', appId, visitorId };
  return { kind: KINDS[`${method} ${rest}`] ?? 'other', appId };
}
