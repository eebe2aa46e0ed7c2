/**
 * The token doctor: says why Zendesk answers “Invalid JWT”, offline. In browsers and in Node. Nothing runs on import.
 *
 * @module zendesk-messenger-auth/inspect
 */
export { checkSignature } from './check-signature.js';
export { inspectToken } from './inspect-token.js';
export type { InspectOptions } from './options.js';
export { redact } from './redact.js';
export type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
