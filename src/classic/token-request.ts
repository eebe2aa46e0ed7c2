// Sends the request to the site's endpoint. It has the same contract as browser/token-endpoint.ts, which would bring the texts
// and retry times of the messenger to every page: this entry has errors of its own, and retries nothing.
import type { TokenRequest } from '../options.js';
import { ClassicAuthError } from './errors.js';
import type { ClassicProduct } from './options.js';

/** What arrived: something with a token, or `null` for nobody. */
export interface ClassicAnswer {
  readonly answer: unknown;
  /** The signing server's clock, by the `Date` header. NaN or `undefined` if it is not known. */
  readonly dateMs?: number;
}

/**
 * Resolves the URL once, because a router changes the page's address later. Returns a function that sends one request.
 *
 * @throws ClassicAuthError `invalid_option` if it is no URL
 */
export function createTokenRequest(
  tokenUrl: string | TokenRequest,
  product: ClassicProduct,
): (signal: AbortSignal) => Promise<ClassicAnswer> {
  const request: Partial<TokenRequest> = typeof tokenUrl === 'string' ? { url: tokenUrl } : tokenUrl;
  const url = resolve(request.url);
  return async (signal) => {
    const { method = 'POST', headers, body, credentials } = request;
    const response = await fetch(url, {
      method,
      headers: await call(headers),
      body: await call(body),
      credentials,
      cache: 'no-store',
      signal,
    } as RequestInit);
    const { status, ok } = response;
    if (status === 401 || status === 204) return { answer: null };
    if (!ok) {
      const isTemporary = [408, 425, 429].includes(status) || status >= 500;
      throw new ClassicAuthError(isTemporary ? 'token_failed' : 'token_rejected', `${product}: ${status}`);
    }
    // Mocks of fetch may have no headers. From another origin they are readable only if they are exposed. A cache forwards the
    // Date and adds its Age.
    const read = (name: string) => response.headers?.get(name) as string;
    return { answer: await response.text(), dateMs: Date.parse(read('date')) + (parseInt(read('age')) * 1000 || 0) };
  };
}

/** Functions of the site are called for each request. */
const call = (given: unknown): unknown => (typeof given === 'function' ? (given as () => unknown)() : given);

function resolve(given: unknown): string {
  try {
    const { href, pathname, username, password } = new URL(given as string, document.baseURI);
    // In `localhost:3000/token`, `localhost` is the protocol. fetch() refuses credentials, and its error quotes them.
    if (given && pathname.startsWith('/') && !(username + password)) return href;
  } catch {
    // Not the browser's error as the cause: in Firefox it quotes the value, which may contain a password.
  }
  throw new ClassicAuthError('invalid_option', 'tokenUrl must be a URL without a password');
}
