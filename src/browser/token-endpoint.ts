// The token from the site's endpoint. What comes is passed on unread: whether it is a token is for the core to say.
import { retryAfterMs } from '../core/backoff.js';
import { MessengerAuthError } from '../core/errors.js';
import type { TokenSource } from '../ports.js';

/** @param url - answers a POST with the JWT as text, or as JSON `{ token }` or `{ jwt }`; 401, 403: nobody is signed in */
export function createTokenEndpoint(url: string): TokenSource {
  return async ({ signal }) => {
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin', cache: 'no-store', signal });
    const { status, headers } = response;
    // A cache passes the Date on and adds its own Age. Another origin's is not to be seen, unless it is exposed.
    const serverNowMs = Date.parse(headers.get('date')!) + Number(headers.get('age')) * 1000 || undefined;
    if (status === 401 || status === 403) return { token: null };
    if (response.ok) {
      return { token: unwrap((await response.text()).trim()), serverNowMs };
    }
    const mayPass = status === 429 || status >= 500;
    const isTold = status === 429 || status === 503;
    return {
      error: new MessengerAuthError(mayPass ? 'token_failed' : 'token_rejected', status),
      retryAfterMs: !mayPass
        ? Infinity
        : isTold
          ? retryAfterMs(headers.get('retry-after'), serverNowMs ?? Date.now())
          : undefined,
    };
  };
}

function unwrap(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    const { token, jwt } = JSON.parse(text) as { token?: unknown; jwt?: unknown };
    return token === undefined ? jwt : token;
  } catch {
    // The parser's own error would quote the token.
    return text;
  }
}
