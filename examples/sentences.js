// One sentence for each event, and which lane it belongs to.

const REASONS = {
  'sign-in': 'to sign in',
  renewal: 'to renew the token in hand',
  invalid_auth: 'because Zendesk refused the last one',
};

const seconds = (ms) => (ms < 120_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`);
const again = ({ retryAtMs, atMs }) =>
  retryAtMs === undefined ? 'It is not tried again.' : `Next try in ${((retryAtMs - atMs) / 1000).toFixed(1)} s.`;

const SENTENCES = {
  'load-requested': ['page', () => 'The messenger’s script is being loaded.'],
  'load-failed': ['page', ({ code }) => `The messenger did not come up: ${code}.`],
  'messenger-live': ['page', () => 'The messenger is live.'],
  'token-requested': ['site', ({ reason }) => `The endpoint is asked for a token, ${REASONS[reason]}.`],
  'token-received': [
    'token',
    ({ lifetimeMs }) =>
      lifetimeMs
        ? `A token is in hand, good for ${seconds(lifetimeMs)}.`
        : 'A token is in hand; when it ends is not known.',
  ],
  'token-absent': ['site', () => 'The endpoint says that nobody is signed in.'],
  'token-failed': ['site', (event) => `No token: ${event.code}. ${again(event)}`],
  'token-cancelled': ['site', () => 'The request was given up.'],
  'token-refused': ['zendesk', () => 'Zendesk refused the token. It is never handed over again.'],
  'renewal-planned': [
    'token',
    ({ refreshAtMs, atMs }) => `The next one will be fetched in ${seconds(refreshAtMs - atMs)}.`,
  ],
  'login-called': ['zendesk', () => 'The messenger is told to sign the visitor in.'],
  'push-called': ['zendesk', () => 'The messenger is told that there is a new token for the same visitor.'],
  'login-accepted': ['zendesk', () => 'Zendesk accepted.'],
  'login-rejected': [
    'zendesk',
    (event) => `Zendesk did not accept: ${event.code}. ${event.code === 'invalid_auth' ? '' : again(event)}`.trim(),
  ],
  asked: ['zendesk', () => 'The messenger asks for the token.'],
  answered: [
    'zendesk',
    ({ withToken }) => (withToken ? 'It is handed the token in hand.' : 'It is told that there is none.'),
  ],
  'signed-out': ['zendesk', () => 'The visitor is signed out of the messenger.'],
  'call-refused': ['page', ({ command }) => `The messenger does not know "${command}".`],
};

/** Lane and sentence. An event that a newer library tells is shown by its name. */
export function describe(event) {
  const [about, sentence] = SENTENCES[event.type] ?? ['page', () => event.type];
  return [about, sentence(event)];
}
