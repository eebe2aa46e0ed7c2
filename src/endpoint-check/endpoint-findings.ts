// Findings about an endpoint's responses, in the same shape as the doctor's findings about a token.
import type { Finding, FindingSeverity } from '../core/findings.js';

/** What was found about an endpoint, as a stable string. */
export type EndpointFindingCode =
  /** The connection failed. The message says why, such as an unknown host or a wrong certificate. */
  | 'endpoint_unreachable'
  /** No complete answer arrived within 10 seconds. */
  | 'endpoint_timeout'
  /** The POST was redirected. */
  | 'endpoint_redirect'
  /** The status is an error, such as 404 or 500. Not for a 401, which means that nobody is signed in. */
  | 'endpoint_status'
  /** The answer is a web page, such as a sign-in page. */
  | 'endpoint_html'
  /** The answer is empty, or a word such as `undefined`. */
  | 'endpoint_null'
  /** The answer contains no token that the library takes. */
  | 'endpoint_no_token'
  /** The answer has more than 65,536 characters. */
  | 'endpoint_too_long'
  /** There is something around the token, such as a PHP warning. */
  | 'endpoint_surrounded'
  /** The token has another name than `token` or `jwt`, or is deeper in the JSON. */
  | 'endpoint_shape'
  /** A 401 or 403 says that something is missing in the request, such as a header or a CSRF token. */
  | 'endpoint_wants_more'
  /** Two requests in different seconds got the same token. */
  | 'endpoint_same_token'
  /** Any other site can read the answer (CORS). With cookies, this is an error; without, a warning. */
  | 'endpoint_open_to_others'
  /** A page at the given `Origin` cannot read the answer (CORS). */
  | 'endpoint_closed_to_origin'
  /** The answer comes from a cache: it has an `Age` header. */
  | 'endpoint_cached'
  /** The answer may be cached: `cache-control` has no `no-store`. */
  | 'endpoint_cacheable'
  /** The content-type does not match the answer. */
  | 'endpoint_content_type'
  /** The answer took more than 4 seconds. */
  | 'endpoint_slow'
  /** The URL begins with `http://`, and the host is not this computer. */
  | 'endpoint_not_https'
  /** The server's clock and the clock of this computer differ by more than a minute. */
  | 'endpoint_clock'
  /** The answer has no `Date` header. */
  | 'endpoint_no_date'
  /** The endpoint says that nobody is signed in: 204, 401 or a token that is `null`. */
  | 'endpoint_nobody';

/** One problem with an endpoint's response, or one hint. Contains nothing of the response. */
export interface EndpointFinding extends Omit<Finding, 'code' | 'part'> {
  /** What was found, as a stable string. */
  readonly code: EndpointFindingCode;
  /** It is about the response, and not about a part of the token. */
  readonly part: 'response';
}

/** A finding about an endpoint's response, or about the token in it. */
export type TokenEndpointFinding = EndpointFinding | Finding;

const NOBODY_REMEDY = 'When nobody is signed in, answer 204, or 200 with { "token": null }.';

const CATALOGUE: Readonly<Record<EndpointFindingCode, readonly [severity: FindingSeverity, remedy: string]>> = {
  endpoint_unreachable: ['error', 'Check the URL, and check that the server is running and reachable from here.'],
  endpoint_timeout: ['error', 'Check what the endpoint waits for. Signing a token takes almost no time.'],
  endpoint_redirect: ['error', `Answer the POST directly instead of redirecting it. ${NOBODY_REMEDY}`],
  endpoint_status: ['error', "Check the server's log."],
  endpoint_html: ['error', `Answer with only the token. Do not show a sign-in page here. ${NOBODY_REMEDY}`],
  endpoint_null: ['error', NOBODY_REMEDY],
  endpoint_no_token: ['error', 'Answer with the JWT as text, or with the JSON { "token": … }.'],
  endpoint_too_long: ['error', 'Answer with only the token.'],
  endpoint_same_token: ['error', 'Sign a new token for each request, with a new iat and exp. Do not cache it.'],
  endpoint_open_to_others: [
    'error',
    'Remove Access-Control-Allow-Origin, or set it to the one site that needs it. Never copy the Origin of the request.',
  ],
  endpoint_closed_to_origin: [
    'error',
    'Send Access-Control-Allow-Origin with that Origin. If the request has cookies, also send Access-Control-Allow-Credentials: true.',
  ],
  endpoint_cached: ['error', 'Send cache-control: no-store, and exclude this URL from your cache or CDN.'],
  endpoint_surrounded: ['warning', 'Answer with only the JWT, or with the JSON { "token": … }.'],
  endpoint_shape: ['warning', 'Answer with the JWT as text, or with the JSON { "token": … }.'],
  endpoint_wants_more: ['warning', 'Add it to the request.'],
  endpoint_cacheable: ['warning', 'Send cache-control: no-store.'],
  endpoint_content_type: ['warning', 'Use text/plain for a plain token and application/json for JSON.'],
  endpoint_slow: ['warning', 'Check what the endpoint waits for. Signing a token takes almost no time.'],
  endpoint_not_https: [
    'warning',
    'Use https. Anyone who reads the token on the network can act as the user until it expires.',
  ],
  endpoint_clock: ['warning', 'Compare both clocks, and correct the wrong one (NTP).'],
  endpoint_no_date: ['info', "Send the Date header. Then a wrong clock on the visitor's computer does not matter."],
  endpoint_nobody: ['info', NOBODY_REMEDY],
};

interface Overrides {
  readonly severity?: FindingSeverity;
  readonly remedy?: string | undefined;
}

/** @param overrides - a severity or remedy to use instead of the one in the catalogue */
export function createEndpointFinding(
  code: EndpointFindingCode,
  message: string,
  overrides: Overrides = {},
): EndpointFinding {
  const [severity, remedy] = CATALOGUE[code];
  return {
    code,
    severity: overrides.severity ?? severity,
    part: 'response',
    message,
    remedy: overrides.remedy ?? remedy,
  };
}
