// Which pages may request a token. Browsers send a visitor's cookies with requests of other sites, too, so without this check
// another site's page could act for the visitor.
import { TokenEndpointError } from './errors.js';

/** @throws TokenEndpointError if an entry is not an origin, because the comparison would never be true */
export function checkOrigins(origins: unknown): ReadonlySet<string> {
  if (!Array.isArray(origins)) {
    throw new TokenEndpointError(
      'option_invalid',
      'allowedOrigins must be an array, such as ["https://www.shop.example"].',
    );
  }
  return new Set(origins.map(checkOrigin));
}

function checkOrigin(origin: unknown): string {
  const advice = 'Use a form such as https://www.shop.example, without a path and without a slash at the end.';
  if (origin === '*') {
    const what = 'allowedOrigins contains "*", so any site could read the tokens of your users.';
    throw new TokenEndpointError('option_invalid', `${what} List the origins of your own pages.`);
  }
  const isWeb = typeof origin === 'string' && URL.canParse(origin) && /^https?:$/.test(new URL(origin).protocol);
  if (isWeb && new URL(origin).origin === origin) return origin;
  throw new TokenEndpointError('option_invalid', `An entry of allowedOrigins is not an origin. ${advice}`);
}

/** The origin of a page that may request a token, although it is another one than the endpoint's. */
export function findAllowedOrigin({ headers }: Request, allowed: ReadonlySet<string>): string | undefined {
  const origin = headers.get('origin');
  return origin !== null && allowed.has(origin) ? origin : undefined;
}

/**
 * Whether the request was made by a page of another origin. A script cannot change these headers. Requests without any of them
 * are not from a browser, so they do not have a visitor's cookies by accident.
 */
export function isForeign({ headers, url }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site !== 'same-origin';
  const origin = headers.get('origin');
  if (origin === null) return false;
  if (!URL.canParse(origin)) return true;
  const { protocol, host } = new URL(origin);
  // A proxy in front of the server may change Host. A page of another site cannot send X-Forwarded-Host without being asked first (CORS).
  const hosts = [new URL(url).host, headers.get('host'), headers.get('x-forwarded-host')?.split(',')[0]?.trim()];
  return !hosts.some((text) => readHost(text, protocol) === host);
}

/** A proxy may add the default port, which browsers omit: nginx does for `$host:$server_port`. */
function readHost(text: string | null | undefined, protocol: string): string | undefined {
  const url = `${protocol}//${text}`;
  return text && URL.canParse(url) ? new URL(url).host : undefined;
}

/** The headers with which the browser lets a page of an allowed origin read the response. */
export function listCorsHeaders(origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined) return {};
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    // The library reads the server's clock.
    'access-control-expose-headers': 'Date, Age, Retry-After',
  };
}

/** The additional headers of the answer to a preflight request: which headers the page may send, such as a CSRF token. */
export function listPreflightHeaders({ headers }: Request): Readonly<Record<string, string>> {
  const asked = headers.get('access-control-request-headers');
  return {
    'access-control-allow-methods': 'POST',
    ...(asked !== null && { 'access-control-allow-headers': asked }),
    'access-control-max-age': '600',
  };
}
