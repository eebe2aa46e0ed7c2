// The pages about one error, and what people type into a search to find them.

export interface Problem {
  /** Of its file in docs/problems. */
  readonly name: string;
  /** What people type: the text of the error, or what they see. */
  readonly text: string;
  /** Whether the text is Zendesk's own, and was measured. */
  readonly isMeasured?: true;
}

export const PROBLEMS: readonly Problem[] = [
  { name: '401-invalid-jwt', text: '401 Invalid JWT', isMeasured: true },
  // Reported by users.
  { name: 'jwt-is-malformed', text: 'JWT is malformed' },
  { name: 'missing-key-id', text: 'Missing key id', isMeasured: true },
  {
    name: 'jwt-request-did-not-resolve',
    text: 'JWT request did not resolve within an acceptable time',
    isMeasured: true,
  },
  { name: 'error-occurred-reading-from-jwt', text: 'Error occurred reading from jwt', isMeasured: true },
  { name: 'authentication-failed', text: 'Authentication failed', isMeasured: true },
  { name: '403', text: '403' },
  { name: '409', text: '409' },
  { name: 'blocked-script', text: 'CSP and blocked script' },
  { name: 'ze-is-not-defined', text: 'zE is not defined' },
  { name: 'old-conversation', text: 'The next user sees the old conversation' },
];
