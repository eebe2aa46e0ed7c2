/**
 * Signs a site's visitors in to the Zendesk messenger and keeps them signed in. Start with {@link createMessenger}.
 * Importing this module has no side effects.
 *
 * @module zendesk-messenger-auth
 */
export { createMessenger } from './create-messenger.js';
export { isMessengerAuthError, MessengerAuthError } from './core/errors.js';
export type { Messenger, MessengerSnapshot } from './messenger.js';

export type { MessengerErrorCode } from './core/error-codes.js';
export type { Finding, FindingCode, FindingPart, FindingSeverity } from './core/findings.js';
export type { MessengerEvent, MessengerEventTypes, TokenReason } from './core/events.js';
export type { MessengerOn, MessengerZE, ZendeskZE } from './core/calls.js';
export type { GetToken, MessengerOptions, TokenRequest, TokenResult } from './options.js';
export type {
  CommandArguments,
  ConversationField,
  MessengerCallback,
  MessengerCommands,
  MessengerEventDetails,
  MessengerEventListener,
  MessengerEvents,
  MessengerObject,
} from './core/commands.js';
