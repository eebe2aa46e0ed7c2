// What a status means that is not a success. The words for it are in this file only.
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';
import { HEADER_ADVICE, type Caller } from './header-advice.js';

const BODY_REMEDY =
  'Make the endpoint accept a POST without a body, or send one with tokenUrl: { url, headers, body }.';
const POST_REMEDY = 'Make the endpoint accept a POST, or set another method with tokenUrl: { url, method }.';
const LOG_REMEDY = "Check the server's log.";
const PROXY_REMEDY = 'Check the log of the server behind the proxy.';

// The same words as in the library's error for these statuses: Django answers 403 without a CSRF token, Laravel 419, Rails 422.
const FORBIDDEN = 'a missing CSRF token, a firewall, or a missing permission';
const FORBIDDEN_STATUSES = [403, 419, 422];
// Each meaning continues the sentence "The answer was 405: …".
const STATUSES: Readonly<Record<number, readonly [meaning: string, remedy: string]>> = {
  400: ['the endpoint does not understand the request', BODY_REMEDY],
  404: [
    'there is nothing at this URL, or nothing that accepts a POST',
    'Check the spelling of the URL, and that the endpoint accepts a POST.',
  ],
  405: ['the endpoint does not accept a POST', POST_REMEDY],
  410: ['there is nothing at this URL any more', 'Check the URL.'],
  411: ['the endpoint wants a body', BODY_REMEDY],
  415: ['the endpoint wants a body with a content-type', BODY_REMEDY],
  429: [
    'too many requests',
    'Try again later. For messaging, the library does so by itself, after the time in the Retry-After header.',
  ],
  500: ['an error in the endpoint', LOG_REMEDY],
  501: ['the server does not accept a POST here', POST_REMEDY],
  502: ['an error behind the proxy', PROXY_REMEDY],
  503: ['the server is not available', LOG_REMEDY],
  504: ['the server behind the proxy did not answer in time', PROXY_REMEDY],
};
const REFUSED = ['the endpoint refused the request', LOG_REMEDY] as const;
const FAILED = ['an error in the server', LOG_REMEDY] as const;

/** @param status - neither a success nor 401 */
export function createStatusFinding(status: number, caller: Caller, isClassic?: boolean): EndpointFinding {
  const [meaning, remedy] = FORBIDDEN_STATUSES.includes(status)
    ? [FORBIDDEN, adviseOnCsrf(caller)]
    : (STATUSES[status] ?? (status < 500 ? REFUSED : FAILED));
  return createEndpointFinding(
    'endpoint_status',
    `The answer was ${status}: ${meaning}. ${describeError(status, isClassic)}`,
    {
      remedy,
    },
  );
}

function adviseOnCsrf(caller: Caller): string {
  return `For CSRF protection: send the CSRF token with tokenUrl: { url, headers } and ${HEADER_ADVICE[caller].place}, or turn it off for this endpoint. Otherwise check the log of the server or of its firewall.`;
}

/** Says what follows on the page. */
export function describeError(status: number, isClassic = false): string {
  // As in browser/token-endpoint.ts and classic/token-request.ts.
  const isTemporary = [408, 425, 429].includes(status) || status >= 500;
  if (isClassic) return `On the page, createClassicAuth reports ${isTemporary ? 'token_failed' : 'token_rejected'}.`;
  return `On the page, the library reports ${isTemporary ? 'token_failed and tries again later' : 'token_rejected and stops'}.`;
}
