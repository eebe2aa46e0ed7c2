// What a status means that is not a success. The words for it are in this file only.
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';

const BODY_REMEDY =
  'Make the endpoint accept a POST without a body, or send one with tokenUrl: { url, headers, body }.';
const POST_REMEDY = 'Make the endpoint accept a POST, or set another method with tokenUrl: { url, method }.';
const CSRF_REMEDY =
  'For CSRF protection: send the CSRF token with tokenUrl: { url, headers } and in the header file of this command, or turn it off for this endpoint. Otherwise check the log of the server or of its firewall.';
const LOG_REMEDY = "Check the server's log.";
const PROXY_REMEDY = 'Check the log of the server behind the proxy.';

// The same words as in the library's error for these statuses: Django answers 403 without a CSRF token, Laravel 419, Rails 422.
const FORBIDDEN = ['a missing CSRF token, a firewall, or a missing permission', CSRF_REMEDY] as const;
// Each meaning continues the sentence "The answer was 405: …".
const STATUSES: Readonly<Record<number, readonly [meaning: string, remedy: string]>> = {
  400: ['the endpoint does not understand the request', BODY_REMEDY],
  403: FORBIDDEN,
  404: [
    'there is nothing at this URL, or nothing that accepts a POST',
    'Check the spelling of the URL, and that the endpoint accepts a POST.',
  ],
  405: ['the endpoint does not accept a POST', POST_REMEDY],
  410: ['there is nothing at this URL any more', 'Check the URL.'],
  411: ['the endpoint wants a body', BODY_REMEDY],
  415: ['the endpoint wants a body with a content-type', BODY_REMEDY],
  419: FORBIDDEN,
  422: FORBIDDEN,
  429: [
    'too many requests',
    'Try again later. The library tries again by itself, after the time in the Retry-After header.',
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
export function createStatusFinding(status: number): EndpointFinding {
  const [meaning, remedy] = STATUSES[status] ?? (status < 500 ? REFUSED : FAILED);
  return createEndpointFinding('endpoint_status', `The answer was ${status}: ${meaning}. ${describeError(status)}`, {
    remedy,
  });
}

/** Says what follows on the page. */
export function describeError(status: number): string {
  // As in browser/token-endpoint.ts.
  const isTemporary = [408, 425, 429].includes(status) || status >= 500;
  return `On the page, the library reports ${isTemporary ? 'token_failed and tries again later' : 'token_rejected and stops'}.`;
}
