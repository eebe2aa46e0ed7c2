// The default account of the fake backend. None of these values belongs to a real account.

/**
 * A generation of the messenger's script.
 *
 * - `B25`: a build of 2025.
 * - `B26`: a build of 2026.
 * - `classic`: the Web Widget (Classic), which has none of the messenger's commands [M 37].
 */
export type FakeBuild = 'B25' | 'B26' | 'classic';

/** The values that identify a Zendesk account and sign its tokens. */
export interface FakeAccount {
  /** The snippet's key, a UUID. */
  readonly key: string;
  /** The signing key's id: `app_` and 24 hex digits [M 35]. */
  readonly keyId: string;
  /** The signing secret. It is used as text and never base64-decoded [M 35]. */
  readonly secret: string;
  /** The shared secret for the chat of the Web Widget (Classic) [M 37]. */
  readonly chatSecret: string;
  /** The shared secret for the help center in the Web Widget (Classic) [M 37]. */
  readonly helpCenterSecret: string;
  /** The account's name under `.zendesk.com`. */
  readonly subdomain: string;
  /** The messenger app's id: 24 hex digits. */
  readonly appId: string;
  /** The integration's id: 24 hex digits. The messenger's keys in storage start with it [M 40]. */
  readonly integrationId: string;
}

/** The default account of {@link createFakeBackend}. Pass it to {@link signToken} to sign tokens for that backend. */
export const FAKE_ACCOUNT: FakeAccount = Object.freeze({
  key: '0f1e2d3c-4b5a-4697-8876-655443322110',
  keyId: 'app_0123456789abcdef01234567',
  // Valid base64 on purpose: a backend that decodes the secret first creates a wrong signature, as in production [M
  // 36].
  secret: 'ZmFrZS1zZWNyZXQtb2Ytbm8tYWNjb3VudC1hdC1hbGw0',
  chatSecret: 'fake-chat-secret-of-no-account-at-all-0123456789',
  helpCenterSecret: 'fake-help-center-secret-of-no-account-at-all-01',
  subdomain: 'fake-account',
  appId: 'fedcba9876543210fedcba98',
  integrationId: '89abcdef0123456789abcdef',
});
