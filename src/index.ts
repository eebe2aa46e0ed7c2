export { createMessenger } from './create-messenger.js';
export { isMessengerAuthError, MessengerAuthError } from './core/errors.js';
export type { Messenger, MessengerSnapshot } from './messenger.js';

export type { MessengerErrorCode } from './core/errors.js';
export type { Finding, FindingCode, FindingPart, FindingSeverity } from './core/findings.js';
export type { MessengerEvent, TokenReason } from './core/events.js';
export type { GetToken, MessengerOptions } from './options.js';
export type {
  ConversationField,
  MessengerEventDetails,
  MessengerEventListener,
  MessengerEvents,
} from './core/commands.js';
