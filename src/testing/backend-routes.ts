// Which request is this? By method and path alone, never by host, so that the backend can sit behind any of them.
import type { BackendRequestKind } from './outcomes.js';

export interface BackendRoute {
  readonly kind: BackendRequestKind;
  /** The key in a compose address. */
  readonly key?: string;
  readonly appId?: string;
  /** The visitor in the address, where there is one. */
  readonly visitorId?: string;
}

const COMPOSE = /\/compose\/([^/]+)$/;
const API = /\/sc\/sdk\/v2\/apps\/([^/]+)\/(.+)$/;

/** The route of a request; kind `other` without an `appId` is none of ours. */
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
  };
  return { kind: kinds[`${method} ${rest}`] ?? 'other', appId };
}
