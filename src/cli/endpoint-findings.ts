// What is to be said of an endpoint's answers, in the shape of what the doctor says of a token.
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

/** Whatever the command finds. */
export type AnyFinding = Finding | EndpointFinding;

const NOBODY = 'For "nobody is signed in", answer 401.';

const CATALOGUE: Readonly<Record<EndpointFindingCode, readonly [severity: FindingSeverity, remedy: string]>> = {
  endpoint_unreachable: ['error', 'Check the address, and that the server runs and can be reached from here.'],
  endpoint_timeout: ['error', 'Look at what the endpoint waits for. To sign a token takes no time.'],
  endpoint_redirect: ['error', `Answer the POST itself, do not redirect it. ${NOBODY}`],
  endpoint_status: ['error', 'Look into the log of the server.'],
  endpoint_html: ['error', `Answer with the token and nothing else. Do not show a sign-in page here. ${NOBODY}`],
  endpoint_null: ['error', `${NOBODY} JSON may also say { "token": null }.`],
  endpoint_no_token: ['error', 'Answer with the JWT as text, or with JSON { "token": … }.'],
  endpoint_too_long: ['error', 'Answer with the token and nothing else.'],
  endpoint_same_token: ['error', 'Sign a new token for each request, with a new iat and exp. Keep none.'],
  endpoint_open_to_others: [
    'error',
    'Leave Access-Control-Allow-Origin out, or name the one site that needs it: never the Origin that happens to ask.',
  ],
  endpoint_closed_to_origin: [
    'error',
    'Send Access-Control-Allow-Origin with that Origin, and Access-Control-Allow-Credentials: true if it asks with cookies.',
  ],
  endpoint_cached: ['error', 'Send cache-control: no-store, and let the cache in between pass this address by.'],
  endpoint_cacheable: ['warning', 'Send cache-control: no-store.'],
  endpoint_content_type: ['warning', 'Send text/plain with a bare token, application/json with JSON.'],
  endpoint_slow: ['warning', 'Look at what the endpoint waits for. To sign a token takes no time.'],
  endpoint_not_https: ['warning', 'Use https: whoever reads the token on its way is the user until it expires.'],
  endpoint_clock: ['warning', 'Compare both clocks, and set the wrong one (NTP).'],
  endpoint_no_date: ['info', "Leave the Date header in: with it a visitor's wrong clock does not matter."],
  endpoint_nobody: [
    'info',
    'To ask as a visitor, put the line "Cookie: …" of a signed-in browser into a file, and give --header-file.',
  ],
};

interface Other {
  readonly severity?: FindingSeverity;
  readonly remedy?: string | undefined;
}

/** @param other - where it differs from what is usual for the code */
export function findAtEndpoint(code: EndpointFindingCode, message: string, other: Other = {}): EndpointFinding {
  const [severity, remedy] = CATALOGUE[code];
  return {
    code,
    severity: other.severity ?? severity,
    part: 'response',
    message,
    remedy: other.remedy ?? remedy,
  };
}
