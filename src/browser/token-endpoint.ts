// Fetches the token from the site's endpoint. The core, not this file, decides whether the text is a valid token.
import { retryAfterMs } from '../core/backoff.js';
import { MessengerAuthError } from '../core/errors.js';
import { parseObject } from '../core/token.js';
import type { TokenSource } from '../ports.js';

// A token is much shorter, because servers refuse headers above 8 to 16 kB. A longer text is a web page or a mistake.
const MAX_CHARACTERS = 65_536;

/**
 * @param tokenUrl - the URL of the endpoint, which answers a POST with the JWT as text or as JSON `{ token }` or
 *   `{ jwt }`, or with 401 or 403 when nobody is signed in
 * @throws MessengerAuthError `invalid_option` if the URL is not valid
 */
export function createTokenEndpoint(tokenUrl: string): TokenSource {
  // Stored when the messenger is created, because the page may replace them later.
  const { fetch, Date } = globalThis;
  const url = resolve(tokenUrl);
  return async ({ signal }) => {
    // By default, fetch sends cookies to the page's own origin only.
    const response = await fetch(url, { method: 'POST', cache: 'no-store', signal });
    const { status, headers } = response;
    // Mocks of fetch may have no headers.
    const readHeader = (name: string) => headers?.get(name);
    // A cache forwards the Date header and adds an Age header. From another origin they are readable only if exposed.
    // NaN if the header is missing or not readable.
    const dateMs = Date.parse(readHeader('date')!);
    const ageMs = parseInt(readHeader('age')!) * 1000 || 0;
    if (response.ok) {
      const isShort = parseInt(readHeader('content-length')!) <= MAX_CHARACTERS;
      return ['tokenArrived', extractToken((await readText(response, isShort)).trim()), dateMs, ageMs];
    }
    // The body is not needed, and an unread body would keep the connection open. cancel() rejects if the connection
    // breaks at this moment.
    response.body?.cancel().catch(() => {});
    if (status === 401 || status === 403) return ['tokenArrived', null];
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
    return new URL(tokenUrl, document.baseURI).href;
  } catch {
    // Without the browser's error as the cause: in Firefox it quotes the value, which may contain a password.
    throw new MessengerAuthError('invalid_option', 'tokenUrl must be a URL');
  }
}

/**
 * Reads the body, up to a limit. A longer text is cut, and ends with a character that no token contains.
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
  for (let part; (part = (await reader.read()).value);) {
    // A token is ASCII, so the end of a chunk cannot split a character. In other texts a split character becomes one
    // that no token contains.
    text += decoder.decode(part);
    if (text.length > MAX_CHARACTERS) {
      // cancel() rejects if the connection breaks at this moment.
      reader.cancel().catch(() => {});
      return `${text}…`;
    }
  }
  return text;
}

function extractToken(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    const { token, jwt } = parseObject(text);
    return token === undefined ? jwt : token;
  } catch {
    // Do not throw the parser's error, because its message would quote the token.
    return text;
  }
}
