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

/** Returns the route of a request. A route of kind `other` without an `appId` is not for this backend. */
export function findRoute(method: string, pathname: string): BackendRoute {
  const key = COMPOSE.exec(pathname)?.[1];
  if (key !== undefined && method === 'GET') return { kind: 'compose', key: decodeURIComponent(key) };
  const [, appId, rest] = API.exec(pathname) ?? [];
  if (appId === undefined || rest === undefined) return { kind: 'other' };
  const [, visitorId, collection] = /^appusers\/([^/]+)\/(messages|conversations)$/.exec(rest) ?? [];
  if (visitorId !== undefined && method === 'POST' && collection === 'messages')
    return { kind: 'send', appId, visitorId };
  if (visitorId !== undefined && method === 'GET') return { kind: 'conversations', appId, visitorId };
  const kinds: Readonly<Record<string, BackendRequestKind>> = {
    'POST login': 'login',
    'POST logout': 'logout',
    'POST appusers': 'visitor',
    'GET realtime': 'realtime',
    'GET conversation_fields': 'fields',
  };
  return { kind: kinds[`${method} ${rest}`] ?? 'other', appId };
}
