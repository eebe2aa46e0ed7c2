// Fetches the token from the site's endpoint. The core, not this file, decides whether the text is a valid token.
import { retryAfterMs } from '../core/backoff.js';
import { MessengerAuthError } from '../core/errors.js';
import type { TokenRequest } from '../options.js';
import type { TokenAnswer } from '../ports.js';

// A token is much shorter, because servers refuse headers above 8 to 16 kB. A longer text is a web page or a mistake.
const MAX_CHARACTERS = 65_536;

/** Sends one request. `tokenUrl` is the option, whose functions are called now. */
export type FetchFromEndpoint = (
  request: { readonly signal: AbortSignal },
  tokenUrl?: string | TokenRequest,
) => Promise<TokenAnswer>;

/**
 * Resolves the URL of the endpoint. The function that it returns does not keep the option, because its functions belong
 * to the site.
 *
 * @throws MessengerAuthError `invalid_option` if no request can be sent to the URL
 */
export function createTokenEndpoint(tokenUrl: string | TokenRequest): FetchFromEndpoint {
  // Stored when the messenger is created, because the page may replace them later.
  const { fetch, Date } = globalThis;
  const url = resolve(typeof tokenUrl === 'string' ? tokenUrl : tokenUrl.url);
  return async ({ signal }, option) => {
    // A string has none of these members, and neither counts what the page adds to Object.prototype.
    const members = { __proto__: null, ...(option as object) } as Partial<TokenRequest>;
    const { method = 'POST', headers: givenHeaders, body, credentials } = members;
    const response = await fetch(url, {
      method,
      // Without a function, the request starts at once: it must not start after it was canceled.
      headers: typeof givenHeaders === 'function' ? await givenHeaders() : givenHeaders,
      body: typeof body === 'function' ? await body() : body,
      // By default, fetch sends cookies to the page's own origin only.
      credentials,
      cache: 'no-store',
      signal,
    } as RequestInit);
    const { status, headers } = response;
    // Mocks of fetch may have no headers.
    const readHeader = (name: string) => headers?.get(name);
    // A cache forwards the Date header and adds an Age header. From another origin they are readable only if exposed.
    // NaN if the header is missing or not readable.
    const dateMs = Date.parse(readHeader('date')!);
    const ageMs = parseInt(readHeader('age')!) * 1000 || 0;
    if (response.ok && status !== 204) {
      const isShort = parseInt(readHeader('content-length')!) <= MAX_CHARACTERS;
      return ['tokenArrived', await readText(response, isShort), dateMs, ageMs];
    }
    // The body is not needed, and an unread body would keep the connection open. cancel() rejects if the connection
    // breaks at this moment.
    response.body?.cancel().catch(() => {});
    if (status === 401 || status === 204) return ['tokenArrived', null];
    // 408: the request took too long. 425: the server does not accept TLS early data.
    const isTemporary = [408, 425, 429].includes(status) || status >= 500;
    return [
      'tokenFailed',
      new MessengerAuthError(isTemporary ? 'token_failed' : 'token_rejected', status),
      isTemporary ? retryAfterMs(readHeader('retry-after'), dateMs + ageMs || Date.now()) : Infinity,
    ];
  };
}

/** Resolves the URL once, because a router changes the page's address later. */
function resolve(tokenUrl: string): string {
  try {
    const { href, pathname, username, password } = new URL(tokenUrl, document.baseURI);
    // In `localhost:3000/token`, `localhost` is the protocol and `3000/token` the path. fetch() refuses credentials, and its
    // error quotes them.
    if (pathname.startsWith('/') && !(username + password)) return href;
  } catch {
    // Not the browser's error as the cause: in Firefox it quotes the value, which may contain a password.
  }
  throw new MessengerAuthError('invalid_option', 'tokenUrl must be a URL without a user name and a password');
}

/**
 * Reads the body, up to a limit. A longer text is cut.
 *
 * @param isShort - whether the content-length is within the limit
 */
async function readText(response: Response, isShort: boolean): Promise<string> {
  // Chromium's network log shows about a quarter of the requests as failed (net::ERR_ABORTED) if their streams are read.
  // Mocks and polyfills of fetch may have no stream.
  if (isShort || !response.body) return response.text();
  let text = '';
  const reader = response.body.getReader();
  const decoder = new TextDecoder();
  for (let part; text.length <= MAX_CHARACTERS && (part = (await reader.read()).value);) {
    // A token is ASCII, so the end of a chunk cannot split a character. In other texts a split character becomes one
    // that no token contains.
    text += decoder.decode(part);
  }
  // cancel() rejects if the connection breaks at this moment.
  reader.cancel().catch(() => {});
  return text;
}
