// The endpoint: from a request to a response with a token.
import {
  checkOrigins,
  findAllowedOrigin,
  isForeign,
  listCorsHeaders,
  listPreflightHeaders,
} from './allowed-origins.js';
import { checkKey, findOddity } from './check-key.js';
import { checkEndpointOptions } from './check-options.js';
import { reportError, warn } from './console.js';
import { TokenEndpointError } from './errors.js';
import type { MessengerUser, TokenEndpointOptions } from './options.js';
import { createSigner } from './sign.js';

/**
 * Answers requests for tokens. `context` is anything that `getUser` needs besides the request. If `getUser` does not name a type
 * for it, it can be omitted.
 */
export type TokenEndpoint<Context = unknown> = (
  request: Request,
  ...context: unknown extends Context ? [context?: unknown] : [context: Context]
) => Promise<Response>;

/**
 * Creates an endpoint that signs a new token for the user of each request. Use it as the handler of a POST route in everything that has
 * `Request` and `Response`, and with {@link toNodeHandler} in Express, Fastify and `node:http`.
 *
 * Answers 200 with `{"token":"…"}`, or with `{"token":null}` if nobody is signed in. Answers 405 to other methods than POST, 403 to pages
 * of other sites, 503 to prefetches and 500 after an error, without details. It rejects only if it is not called
 * with a `Request`.
 *
 * Does **not** store anything, and does not sign users in to your site: `getUser` reads your session.
 *
 * @throws TokenEndpointError at once, if an option is wrong. A secret of an odd shape is only a warning on the console.
 * @example
 * export const POST = createTokenEndpoint({
 *   keyId: process.env.ZENDESK_KEY_ID,
 *   secret: process.env.ZENDESK_SECRET,
 *   async getUser(request) {
 *     const user = await currentUser(request);
 *     return user && { externalId: user.id, name: user.name };
 *   },
 * });
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- without a type, each framework's own request fits
export function createTokenEndpoint<Context = any>(options: TokenEndpointOptions<Context>): TokenEndpoint<Context> {
  checkEndpointOptions(options);
  const { getUser, onError = reportError, allowedOrigins = [], now } = options;
  const key = checkKey(options);
  const sign = createSigner(key, now);
  const allowed = checkOrigins(allowedOrigins);
  const oddity = findOddity(key);
  if (oddity !== undefined) warn(oddity);

  return async (request, ...[context]) => {
    checkRequest(request);
    const origin = findAllowedOrigin(request, allowed);
    const respond = createRespond(origin);
    const refusal = refuse(request, origin, respond);
    if (refusal) return refusal;
    try {
      const user = await callGetUser(() => getUser(request, context as Context));
      return respond(200, JSON.stringify({ token: user ? await sign(user) : null }), JSON_TYPE);
    } catch (error) {
      // The visitor has left, so nobody reads the response, and getUser may have failed because of that.
      if (!request.signal.aborted) await tell(onError, error as TokenEndpointError, request);
      return respond(500, 'No token could be signed. The reason is in the log of the server.\n');
    }
  };
}

/** Frameworks differ in what they call a route with, and each of them would fail in its own way. */
function checkRequest(request: unknown): void {
  const { headers } = Object(request) as { headers?: { get?: unknown } };
  if (typeof headers?.get === 'function') return;
  throw new TokenEndpointError(
    'request_invalid',
    'The endpoint got no Request. In Express and other Node servers, use toNodeHandler(endpoint). In SvelteKit, Remix and Astro, use (event) => endpoint(event.request, event).',
  );
}

const TEXT_TYPE = 'text/plain; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

type Respond = (
  status: number,
  body: string | null,
  type?: string,
  more?: Readonly<Record<string, string>>,
) => Response;

/** No Date header: the server sets it, and the library reads the server's clock from it. */
function createRespond(origin: string | undefined): Respond {
  return (status, body, type = TEXT_TYPE, more = {}) =>
    new Response(body, {
      status,
      headers: {
        ...(body !== null && { 'content-type': type }),
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        ...listCorsHeaders(origin),
        ...more,
      },
    });
}

/** Returns the response to a request that gets no token, whoever is signed in. */
function refuse(request: Request, origin: string | undefined, respond: Respond): Response | undefined {
  const { method, headers } = request;
  if (method === 'OPTIONS' && origin !== undefined) return respond(204, null, undefined, listPreflightHeaders(request));
  if (method !== 'POST') return respond(405, 'Use POST.\n', undefined, { allow: 'POST' });
  if (origin === undefined && isForeign(request)) {
    return respond(
      403,
      'Pages of another origin get no token. Add their origin to allowedOrigins if they are yours.\n',
    );
  }
  // The browser may drop it. 204 or a null token would sign the visitor out, so it is told to come again.
  const purpose = headers.get('sec-purpose') ?? headers.get('purpose') ?? headers.get('x-moz');
  if (purpose && /prefetch|prerender/i.test(purpose)) {
    return respond(503, 'A prefetch gets no token.\n', undefined, { 'retry-after': '1' });
  }
  return undefined;
}

async function callGetUser<User extends MessengerUser | null | undefined>(
  call: () => User | Promise<User>,
): Promise<User> {
  try {
    return await call();
  } catch (error) {
    const isResponse = typeof Response === 'function' && error instanceof Response;
    const text = isResponse
      ? 'getUser threw a response, such as a redirect. Return null if nobody is signed in.'
      : 'getUser failed. See the cause.';
    throw new TokenEndpointError('get_user_failed', text, error);
  }
}

/** An error of onError must not become the visitor's. */
async function tell(
  onError: NonNullable<TokenEndpointOptions['onError']>,
  error: TokenEndpointError,
  request: Request,
): Promise<void> {
  try {
    await onError(error, request);
  } catch (failure) {
    reportError(error);
    reportError(failure);
  }
}
