// Describes why a request got no answer.

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No server is listening at this address.',
  ENOTFOUND: 'The host name is unknown.',
  EAI_AGAIN: 'The host name could not be looked up.',
  ECONNRESET: 'The connection was closed before the answer was complete.',
  UND_ERR_SOCKET: 'The connection was closed before the answer was complete.',
  Z_DATA_ERROR: "The answer's encoding does not match its content-encoding header.",
  ERR_SSL_WRONG_VERSION_NUMBER: 'The port does not use https.',
  ERR_TLS_CERT_ALTNAME_INVALID: "The server's certificate is for a different host name.",
};
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;

/** @param reason - Node's code for the failure, or an empty text */
export function describeFailure(reason: string): string {
  if (Object.hasOwn(FAILURES, reason)) return FAILURES[reason]!;
  if (reason.startsWith('HPE_')) return 'The server did not answer with HTTP.';
  if (CERTIFICATE.test(reason)) return "The server's certificate is not trusted on this computer.";
  return `The connection failed${/^[A-Z_]+$/.test(reason) ? ` (${reason})` : ''}.`;
}

/** Whether the server's certificate is not trusted, such as a certificate for development. */
export function isUntrustedCertificate(reason: string): boolean {
  return CERTIFICATE.test(reason) && !Object.hasOwn(FAILURES, reason);
}
