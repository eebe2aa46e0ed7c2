// The token from the site's endpoint. What comes is passed on unread: whether it is a token is for the core to say.
import { retryAfterMs } from '../core/backoff.js';
import { MessengerAuthError } from '../core/errors.js';
import { parseObject } from '../core/token.js';
import type { TokenSource } from '../ports.js';

// Far more than a token can have: servers refuse a header of 8 to 16 kB. What is longer is a page, or a mistake.
const MOST_CHARACTERS = 65_536;

/** @param url - answers a POST with the JWT as text, or as JSON `{ token }` or `{ jwt }`; 401, 403: nobody is signed in */
export function createTokenEndpoint(url: string): TokenSource {
  // As they are when the messenger is created: what the page puts in their place later is its own affair.
  const { fetch, Date } = globalThis;
  return async ({ signal }) => {
    const response = await fetch(url, { method: 'POST', credentials: 'same-origin', cache: 'no-store', signal });
    const { status, headers } = response;
    // A cache passes the Date on and adds its own Age. Another origin's is not to be seen, unless it is exposed.
    const serverNowMs = Date.parse(headers.get('date')!) + Number(headers.get('age')) * 1000 || undefined;
    if (response.ok) return ['tokenArrived', unwrap((await readText(response)).trim()), serverNowMs];
    // Nobody reads it, and it would hold the connection. It rejects where that broke at this very moment.
    response.body?.cancel().catch(() => {});
    if (status === 401 || status === 403) return ['tokenArrived', null];
    const mayPass = status === 429 || status >= 500;
    const isTold = status === 429 || status === 503;
    return [
      'tokenFailed',
      new MessengerAuthError(mayPass ? 'token_failed' : 'token_rejected', status),
      !mayPass ? Infinity : isTold ? retryAfterMs(headers.get('retry-after'), serverNowMs ?? Date.now()) : undefined,
    ];
  };
}

/** No more of it than is needed. Where there is more, it ends in a sign that no token has. */
async function readText({ body }: Response): Promise<string> {
  let text = '';
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  for (let part; (part = (await reader?.read())?.value);) {
    // A token has no character that a part's end could cut; what is cut becomes a sign that no token has.
    text += decoder.decode(part);
    if (text.length > MOST_CHARACTERS) {
      // It rejects where the connection broke at this very moment.
      reader!.cancel().catch(() => {});
      return `${text}…`;
    }
  }
  return text;
}

function unwrap(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    const { token, jwt } = parseObject(text);
    return token === undefined ? jwt : token;
  } catch {
    // The parser's own error would quote the token.
    return text;
  }
}
