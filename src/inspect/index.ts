// ./inspect: the token doctor. Says why Zendesk answers "Invalid JWT", offline. Nothing runs on import.
export { checkSignature } from './check-signature.js';
export { inspectToken } from './inspect-token.js';
export type { InspectOptions } from './options.js';
export { redact } from './redact.js';
export type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
