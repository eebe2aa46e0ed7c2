// The options of createClassicAuth, and the checks.
import type { TokenRequest, TokenResult } from '../options.js';
import { ClassicAuthError } from './errors.js';

/** A product of the Web Widget (Classic) that signs visitors in. Each has its own shared secret, so its own tokens. */
export type ClassicProduct = 'chat' | 'helpCenter';

/**
 * Fetches a JWT for this product from the site's backend. Each call must return a new JWT.
 *
 * Return the JWT, or the parsed JSON that contains it, such as `{ token }`. Return `null` when nobody is signed in to the
 * site. Throw or reject when the request failed. Do not put a token into the error: the library keeps it as `cause`.
 *
 * @example
 * createClassicAuth({
 *   products: ['chat', 'helpCenter'],
 *   async getToken({ product, signal }) {
 *     const response = await fetch(`/zendesk-token/${product}`, { method: 'POST', signal });
 *     if (!response.ok) throw new Error(`The token endpoint answered ${response.status}`);
 *     return response.text();
 *   },
 * });
 */
export type GetClassicToken = (request: {
  /** The product that needs the token. */
  readonly product: ClassicProduct;
  /** Aborted when the token is no longer needed, or after `tokenTimeoutMs`. Pass it to `fetch`. */
  readonly signal: AbortSignal;
}) => TokenResult | Promise<TokenResult>;

/** The token endpoint of each product: a URL, or a request with a method, headers and a body. */
export interface ClassicTokenUrls {
  /** The endpoint that signs tokens for the chat. */
  readonly chat?: string | TokenRequest | undefined;
  /** The endpoint that signs tokens for the help center. */
  readonly helpCenter?: string | TokenRequest | undefined;
}

/** The options of {@link createClassicAuth}. Exactly one of `getToken` and `tokenUrl` is required. */
export interface ClassicAuthOptions {
  /**
   * The products in which visitors are signed in: `chat`, `helpCenter`, or both.
   *
   * @defaultValue ['chat']
   */
  readonly products?: readonly ClassicProduct[] | undefined;
  /** Fetches a new JWT. Not allowed together with `tokenUrl`. */
  readonly getToken?: GetClassicToken | undefined;
  /**
   * The URL of your token endpoint, or an object `{ url, method, headers, body, credentials }`, as for `createMessenger`.
   * With two products, an object with one of these for each: `{ chat, helpCenter }`. The endpoint answers a POST with a
   * JWT, or with 204, 401 or `{ "token": null }` when nobody is signed in.
   */
  readonly tokenUrl?: string | TokenRequest | ClassicTokenUrls | undefined;
  /**
   * How long one token request may take, in milliseconds. A positive number.
   *
   * @defaultValue 10000
   */
  readonly tokenTimeoutMs?: number | undefined;
  /** Called with each error. Never gets a token. By default, errors go to the console. */
  readonly onError?: ((error: ClassicAuthError) => void) | undefined;
}

const NAMES = ['products', 'getToken', 'tokenUrl', 'tokenTimeoutMs', 'onError'];

/**
 * Checks the options. The error message names the option but never contains its value.
 *
 * @throws ClassicAuthError `invalid_option`
 */
export function checkClassicOptions(options: ClassicAuthOptions): readonly ClassicProduct[] {
  const check = (isRight: unknown, detail: string) => {
    if (!isRight) throw new ClassicAuthError('invalid_option', detail);
  };
  const given = options ?? {};
  const { products = ['chat'], getToken, tokenUrl, tokenTimeoutMs = 1, onError } = given;
  Object.keys(given).forEach((name) => check(NAMES.includes(name), `${name} is unknown`));
  check(
    Array.isArray(products) && products.length && products.every((name) => name === 'chat' || name === 'helpCenter'),
    'products must have chat or helpCenter',
  );
  check(!getToken !== !tokenUrl, 'give one of getToken and tokenUrl');
  check(!getToken || typeof getToken === 'function', 'getToken must be a function');
  check(!onError || typeof onError === 'function', 'onError must be a function');
  check(tokenTimeoutMs > 0 && tokenTimeoutMs < Infinity, 'tokenTimeoutMs must be positive');
  if (tokenUrl)
    products.forEach((product) =>
      check(findTokenUrl(tokenUrl, product, products), `tokenUrl needs a URL for ${product}`),
    );
  return products;
}

/** Returns the request for this product. `undefined` if there is none, or if one URL is given for two products. */
export function findTokenUrl(
  tokenUrl: NonNullable<ClassicAuthOptions['tokenUrl']>,
  product: ClassicProduct,
  products: readonly ClassicProduct[],
): string | TokenRequest | undefined {
  if (typeof tokenUrl === 'object' && !('url' in tokenUrl)) return tokenUrl[product];
  return products.length > 1 ? undefined : tokenUrl;
}
