// Findings about an endpoint's responses, in the same shape as the doctor's findings about a token.
import type { Finding, FindingSeverity } from '../core/findings.js';

export type EndpointFindingCode =
  | 'endpoint_unreachable'
  | 'endpoint_timeout'
  | 'endpoint_redirect'
  | 'endpoint_status'
  | 'endpoint_html'
  | 'endpoint_null'
  | 'endpoint_no_token'
  | 'endpoint_too_long'
  | 'endpoint_surrounded'
  | 'endpoint_shape'
  | 'endpoint_wants_more'
  | 'endpoint_same_token'
  | 'endpoint_open_to_others'
  | 'endpoint_closed_to_origin'
  | 'endpoint_cached'
  | 'endpoint_cacheable'
  | 'endpoint_content_type'
  | 'endpoint_slow'
  | 'endpoint_not_https'
  | 'endpoint_clock'
  | 'endpoint_no_date'
  | 'endpoint_nobody';

export interface EndpointFinding extends Omit<Finding, 'code' | 'part'> {
  readonly code: EndpointFindingCode;
  readonly part: 'response';
}

/** Any finding of the command. */
export type AnyFinding = Finding | EndpointFinding;

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
  endpoint_nobody: [
    'info',
    'To send the request as a visitor, copy the line "Cookie: …" from a signed-in browser into a file, and use --header-file.',
  ],
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
