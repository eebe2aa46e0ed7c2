// The log's sentence for each event, and its lane in the timeline.

const REASONS = {
  'sign-in': 'to sign in',
  renewal: 'to renew the current token',
  invalid_auth: 'because Zendesk refused the last one',
};

const seconds = (ms) => (ms < 120_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`);
const again = ({ retryAtMs, atMs }) =>
  retryAtMs === undefined ? 'There is no retry.' : `Next retry in ${((retryAtMs - atMs) / 1000).toFixed(1)} s.`;

const SENTENCES = {
  'load-requested': ['page', () => 'Loading the messenger’s script.'],
  'load-failed': ['page', ({ code }) => `The messenger did not start: ${code}.`],
  'messenger-live': ['page', () => 'The messenger is ready.'],
  'messenger-lost': ['page', () => 'The messenger has disappeared from the page.'],
  'messenger-removed': ['page', () => 'The messenger was taken off the page.'],
  'token-requested': ['site', ({ reason }) => `Requesting a token from the endpoint ${REASONS[reason]}.`],
  'token-received': [
    'token',
    ({ lifetimeMs }) =>
      lifetimeMs ? `Received a token, valid for ${seconds(lifetimeMs)}.` : 'Received a token. Its expiry is unknown.',
  ],
  'token-absent': ['site', () => 'The endpoint says that nobody is signed in.'],
  'token-failed': ['site', (event) => `No token: ${event.code}. ${again(event)}`],
  'token-cancelled': ['site', () => 'The request was canceled.'],
  'token-refused': ['zendesk', () => 'Zendesk refused the token. The library will not use it again.'],
  'renewal-planned': [
    'token',
    ({ refreshAtMs, atMs }) => `The next token will be requested in ${seconds(refreshAtMs - atMs)}.`,
  ],
  'login-called': ['zendesk', () => 'Calling loginUser to sign the visitor in.'],
  'push-called': ['zendesk', () => 'Calling loginUser with a new token for the same visitor.'],
  'login-accepted': ['zendesk', () => 'Zendesk accepted the token.'],
  'login-rejected': [
    'zendesk',
    (event) => `The sign-in failed: ${event.code}. ${event.code === 'invalid_auth' ? '' : again(event)}`.trim(),
  ],
  asked: ['zendesk', () => 'The messenger requests the token.'],
  answered: [
    'zendesk',
    ({ withToken }) =>
      withToken ? 'The messenger received the current token.' : 'The messenger was told that there is no token.',
  ],
  'signed-out': ['zendesk', () => 'Signing the visitor out of the messenger.'],
  'sign-out-completed': ['zendesk', () => 'The sign-out is complete. Nothing of the user is stored any more.'],
  'sign-out-delayed': ['zendesk', () => 'Zendesk did not complete the sign-out in time. The messenger was reset.'],
  'identity-lost': ['zendesk', () => 'The messenger has lost the user. Asking the endpoint who is signed in.'],
  'user-changed': ['page', () => 'The user has changed. Clearing the fields and tags of the previous one.'],
  'consent-given': ['page', () => 'The visitor has consented to cookies.'],
  'consent-withdrawn': ['page', () => 'The visitor has withdrawn the consent. Nobody is signed in.'],
  'call-refused': ['page', ({ command }) => `The messenger rejected the command "${command}".`],
};

/** Returns the lane and the sentence. Events of newer library versions are shown by name. */
export function describe(event) {
  const [about, sentence] = SENTENCES[event.type] ?? ['page', () => event.type];
  return [about, sentence(event)];
}
