/**
 * A fake Zendesk messenger and its backend, and a check of your token endpoint, for tests and demonstrations. Do not ship it
 * with your site. Numbers in
 * brackets, such as [M 26], refer to the facts about Zendesk's messenger on which the fake is based.
 *
 * @module zendesk-messenger-auth/testing
 */
export type { Finding, FindingCode, FindingPart, FindingSeverity } from '../core/findings.js';
export { checkTokenEndpoint } from '../endpoint-check/check-token-endpoint.js';
export type {
  EndpointFinding,
  EndpointFindingCode,
  TokenEndpointFinding,
} from '../endpoint-check/endpoint-findings.js';
export type { TokenEndpointFetch, TokenEndpointCheckOptions } from '../endpoint-check/options.js';
export { FAKE_ACCOUNT, type FakeAccount, type FakeBuild } from './account.js';
export { createFakeBackend, type BackendRequest, type FakeBackend, type FakeBackendOptions } from './backend.js';
export type { BackendBreach, CarriedIdentity } from './carried-identity.js';
export type { ShownMessage } from './conversation.js';
export type { ClassicUser, ClassicUsers } from './classic-users.js';
export type { ConversationField } from './conversation-metadata.js';
export type { FakeFetch, FakeWindow, MessengerSettings } from './environment.js';
export type { FakeMessenger, FakeVisitor } from './fake-messenger.js';
export type { FakeHistory } from './history.js';
export { installFakeMessenger, type InstalledMessenger, type InstallOptions, type ScriptOutcome } from './install.js';
export type { BackendRequestKind, FakeOutcome } from './outcomes.js';
export type { RequestResult } from './requests.js';
export type { LoginFailure } from './sign-in.js';
export { signToken, type SigningOptions } from './sign-token.js';
export { runSnippet, type SnippetEnvironment } from './snippet.js';
export type { StoredMessage, StoredVisitor } from './visitors.js';
