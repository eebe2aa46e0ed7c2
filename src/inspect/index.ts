/**
 * The token doctor: explains why Zendesk answers “Invalid JWT”. It works offline, in browsers and in Node. Importing
 * this module has no side effects.
 *
 * @module zendesk-messenger-auth/inspect
 */
export { checkSignature } from './check-signature.js';
export { inspectToken } from './inspect-token.js';
export { mergeFindings } from './merge-findings.js';
export type { InspectOptions, RedactOptions, SignatureOptions, TokenProduct } from './options.js';
export { redact } from './redact.js';
export type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
