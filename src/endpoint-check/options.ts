// The arguments of checkTokenEndpoint, and their checks. The messages repeat nothing of a URL, a header or a secret.
import { refuseUnusableSecret } from '../inspect/check-signature.js';
import type { TokenProduct } from '../inspect/index.js';
import { isHeaderName, isHeaderValue, isIgnoredHeader, type RequestHeader } from './request-headers.js';

/** Sends a request. The global `fetch` fits, and so does a function that calls a handler of yours. */
export type TokenEndpointFetch = (url: string, init: RequestInit) => Response | Promise<Response>;

/** The options of {@link checkTokenEndpoint}. All of them are optional. */
export interface TokenEndpointCheckOptions {
  /**
   * Headers that are added to each request, such as the cookie of a signed-in user. An `origin` says at which origin your page
   * is, if it is not the endpoint's own. Headers about the connection, such as `content-length`, are ignored. Default: none.
   */
  readonly headers?: Readonly<Record<string, string>> | Iterable<readonly [name: string, value: string]> | undefined;
  /**
   * The shared secret of the key, to check the token's signature, and to find the secret if the response contains it. Not
   * `undefined`: a test must not pass because a variable is not set. Default: the signature is not checked.
   */
  readonly secret?: string;
  /**
   * What the endpoint's tokens are for. Default: `'messaging'`.
   */
  readonly product?: TokenProduct | undefined;
  /**
   * Sends the requests in place of the global `fetch`, for example to a handler that runs without a server. Then a missing
   * `Date` header is no finding, because the server adds it, and what the function throws is thrown to the caller.
   */
  readonly fetch?: TokenEndpointFetch | undefined;
}

const OPTIONS = ['headers', 'secret', 'product', 'fetch'];
const PRODUCTS = ['messaging', 'chat', 'help-center'];

/** @throws TypeError if it is not an absolute http or https URL, or contains a password */
export function readUrl(given: unknown): URL {
  const text = String(given);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new TypeError(
      'checkTokenEndpoint needs an absolute URL that begins with https:// or http://, such as http://localhost:3000/zendesk-token.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(
      'The URL contains a user name or a password. Pass them as a header instead: { headers: { authorization } }.',
    );
  }
  return url;
}

/** @throws TypeError if an option is unknown, or has a value that cannot be used */
export function checkOptions(options: TokenEndpointCheckOptions): void {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null || Object.keys(given).some((name) => !OPTIONS.includes(name))) {
    throw new TypeError(
      'The options of checkTokenEndpoint are headers, secret, product and fetch. Pass a cookie as { headers: { cookie } }.',
    );
  }
  if (options.fetch !== undefined && typeof options.fetch !== 'function') {
    throw new TypeError('The option fetch is not a function. Pass a function that takes what the global fetch takes.');
  }
  if (options.product !== undefined && !PRODUCTS.includes(options.product)) {
    throw new TypeError("The option product must be 'messaging', 'chat' or 'help-center'.");
  }
  if (!Object.hasOwn(options, 'secret')) return;
  if (options.secret === undefined) {
    // Otherwise, a test would pass without a check of the signature where the variable is not set.
    throw new TypeError(
      'The option secret is undefined. Set the variable that it comes from, or leave the option out: then the signature is not checked.',
    );
  }
  refuseUnusableSecret(options.secret);
}

/** @throws TypeError if HTTP does not allow one of the headers, or its value is not a string */
export function readHeaders(given: TokenEndpointCheckOptions['headers']): readonly RequestHeader[] {
  if (given === undefined) return [];
  if (typeof given !== 'object' || given === null) {
    throw new TypeError('The option headers is not an object. Pass an object such as { cookie }, pairs, or Headers.');
  }
  const pairs: readonly unknown[] = Symbol.iterator in given ? [...given] : Object.entries(given);
  return pairs.map(readHeader).filter(([name]) => !isIgnoredHeader(name));
}

function readHeader(pair: unknown, index: number): RequestHeader {
  const [name, value] = Array.isArray(pair) ? (pair as unknown[]) : [];
  const header = `Header ${index + 1} of the option headers`;
  if (typeof name !== 'string' || !isHeaderName(name)) {
    throw new TypeError(`${header} has no valid name. Use names such as cookie.`);
  }
  // Otherwise, a test could not tell a failed sign-in from an endpoint that says that nobody is signed in.
  if (typeof value !== 'string') {
    throw new TypeError(`${header} is not a string, but ${typeof value}. Check where its value comes from.`);
  }
  if (!isHeaderValue(value)) {
    throw new TypeError(
      `${header} has a character that HTTP does not allow, such as a line break. Remove or encode it.`,
    );
  }
  return [name, value.trim()];
}
