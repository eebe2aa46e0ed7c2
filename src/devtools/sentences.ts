// The sentence for each event, and what it is about.
import type { MessengerEvent, MessengerEventTypes, TokenReason } from '../index.js';

/** What an event is about: a lane of the timeline, or the page. */
export type EventSubject = 'site' | 'token' | 'zendesk' | 'page';

type EventOf<Type extends keyof MessengerEventTypes> = Extract<MessengerEvent, { type: Type }>;
type Sentences = {
  readonly [Type in keyof MessengerEventTypes]: readonly [EventSubject, string | ((event: EventOf<Type>) => string)];
};

const REASONS: Readonly<Record<TokenReason, string>> = {
  'sign-in': 'to sign in',
  renewal: 'to renew the current token',
  invalid_auth: 'because Zendesk refused the last one',
};

const describeLength = (ms: number) =>
  ms < 120_000 ? `${Math.max(0, Math.round(ms / 1000))} s` : `${Math.round(ms / 60_000)} min`;

const describeRetry = ({ retryAtMs, atMs }: { retryAtMs: number | undefined; atMs: number }) =>
  retryAtMs === undefined ? 'There is no retry.' : `Next retry in ${((retryAtMs - atMs) / 1000).toFixed(1)} s.`;

const SENTENCES: Sentences = {
  'load-requested': ['page', 'Loading the messenger’s script.'],
  'load-failed': ['page', ({ code }) => `The messenger did not start: ${code}.`],
  'messenger-live': ['page', 'The messenger is ready.'],
  'messenger-lost': ['page', 'The messenger has disappeared from the page.'],
  'messenger-removed': ['page', 'The messenger was taken off the page.'],
  'token-requested': ['site', ({ reason }) => `Requesting a token from the endpoint ${REASONS[reason]}.`],
  'token-received': [
    'token',
    ({ lifetimeMs }) =>
      lifetimeMs
        ? `Received a token, valid for ${describeLength(lifetimeMs)}.`
        : 'Received a token. Its expiry is unknown.',
  ],
  'token-absent': ['site', 'The endpoint says that nobody is signed in.'],
  'token-failed': ['site', (event) => `No token: ${event.code}. ${describeRetry(event)}`],
  'token-cancelled': ['site', 'The request was canceled.'],
  'token-refused': ['zendesk', 'Zendesk refused the token. The library will not use it again.'],
  'explanation-requested': ['page', 'Loading the token doctor, which explains the failure.'],
  'renewal-planned': [
    'token',
    ({ refreshAtMs, atMs }) => `The next token will be requested in ${describeLength(refreshAtMs - atMs)}.`,
  ],
  'login-called': ['zendesk', 'Calling loginUser to sign the visitor in.'],
  'push-called': ['zendesk', 'Calling loginUser with a new token for the same visitor.'],
  'login-accepted': ['zendesk', 'Zendesk accepted the token.'],
  'login-rejected': [
    'zendesk',
    (event) => `The sign-in failed: ${event.code}. ${event.code === 'invalid_auth' ? '' : describeRetry(event)}`.trim(),
  ],
  asked: ['zendesk', 'The messenger requests the token.'],
  answered: [
    'zendesk',
    ({ withToken }) =>
      withToken ? 'The messenger received the current token.' : 'The messenger was told that there is no token.',
  ],
  'signed-out': ['zendesk', 'Signing the visitor out of the messenger.'],
  'sign-out-completed': ['zendesk', 'The sign-out is complete. Nothing of the user is stored any more.'],
  'sign-out-delayed': ['zendesk', 'Zendesk did not complete the sign-out in time. The messenger was reset.'],
  'identity-lost': ['zendesk', 'The messenger has lost the user. Asking the endpoint who is signed in.'],
  'user-changed': ['page', 'The user has changed. Clearing the fields and tags of the previous one.'],
  'consent-given': ['page', 'The visitor has consented to cookies.'],
  'consent-withdrawn': ['page', 'The visitor has withdrawn the consent. Nobody is signed in.'],
  'call-refused': ['page', ({ command }) => `The messenger rejected the command "${command}".`],
};

/**
 * Says in a sentence what an event of `onEvent` means, and what it is about: the site with its endpoint, the token, Zendesk,
 * or the page. The sentence is English text for developers. It contains no token, no e-mail address and no `external_id`. An
 * event of a newer version of the library is described by its type.
 *
 * @example
 * const [, sentence] = describeEvent({ type: 'messenger-live', atMs: Date.now() });
 * console.log(sentence); // The messenger is ready.
 */
export function describeEvent(event: MessengerEvent): [subject: EventSubject, sentence: string] {
  if (!Object.hasOwn(SENTENCES, event.type)) return ['page', event.type];
  const [subject, sentence] = SENTENCES[event.type] as readonly [EventSubject, string | ((event: unknown) => string)];
  return [subject, typeof sentence === 'string' ? sentence : sentence(event)];
}
