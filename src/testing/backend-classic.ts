// The sign-ins of the Web Widget (Classic): each product has its own shared secret [M 37].
import type { FakeAccount } from './account.js';
import { verifyClassicToken } from './verify-classic-token.js';

export function verifyClassicLogin(
  kind: 'chat-login' | 'help-center-login',
  token: string,
  { chatSecret, helpCenterSecret }: FakeAccount,
  nowMs: number,
): ReturnType<typeof verifyClassicToken> {
  return kind === 'chat-login'
    ? verifyClassicToken(token, { product: 'chat', secret: chatSecret, nowMs })
    : verifyClassicToken(token, { product: 'helpCenter', secret: helpCenterSecret, nowMs });
}
