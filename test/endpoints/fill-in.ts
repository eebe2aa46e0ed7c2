// Replaces the placeholders in an answer's body with tokens.
import { Buffer } from 'node:buffer';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { createSignature } from '../../src/testing/sign-token.js';

type Claims = Readonly<Record<string, unknown>>;

/** The tokens of one answer. `count` makes them differ from those of the answer before. */
function createTokens(atMs: number, count: number): Readonly<Record<string, () => string>> {
  const iat = Math.floor(atMs / 1000);
  const jti = `answer-${count}`;
  const sign = (claims: Claims) =>
    signToken({ scope: 'user', external_id: 'user-1', jti, iat, exp: iat + 900, ...claims }, FAKE_ACCOUNT);
  const signElsewhere = (claims: Claims, header: Claims = {}) =>
    signToken({ jti, iat, exp: iat + 3600, ...claims }, { ...FAKE_ACCOUNT, header: { kid: undefined, ...header } });
  return {
    /** A token with which Zendesk signs in the user `user-1`. */
    good: () => sign({}),
    'other-user': () => sign({ external_id: 'user-2' }),
    expired: () => sign({ iat: iat - 7000, exp: iat - 6100 }),
    milliseconds: () => sign({ exp: (iat + 900) * 1000 }),
    'numeric-id': () => sign({ external_id: 4711 }),
    'without-scope': () => sign({ scope: undefined }),
    'without-signature': () => sign({}).split('.').slice(0, 2).join('.'),
    latin1: () => encodeAsLatin1(sign({ name: 'José' })),
    // Tokens of other systems: they must never be handed to Zendesk.
    access: () => signElsewhere({ token_type: 'access', user_id: 7, scope: 'openid profile' }),
    refresh: () => signElsewhere({ token_type: 'refresh', user_id: 7 }),
    oidc: () =>
      lengthen(signElsewhere({ iss: 'https://id.shop.example', sub: 'auth0|7', aud: 'shop' }, { alg: 'RS256' })),
  };
}

/**
 * @param atMs - when the tokens are signed
 * @param count - the number of the answer; the tokens in two answers differ
 */
export function fillIn(body: string, atMs: number, count: number): string {
  const tokens = createTokens(atMs, count);
  return body.replace(/@([a-z\d-]+)@/g, (_, name: string) => tokens[name]!());
}

/** As `btoa(JSON.stringify(…))` does it. */
function encodeAsLatin1(token: string): string {
  const [header, payload] = token.split('.') as [string, string];
  const text = Buffer.from(payload, 'base64url').toString('utf8');
  const signed = `${header}.${Buffer.from(text, 'latin1').toString('base64url')}`;
  return `${signed}.${createSignature(signed, new TextEncoder().encode(FAKE_ACCOUNT.secret))}`;
}

/** Gives it a signature as long as that of RS256. */
function lengthen(token: string): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  return [header, payload, signature.repeat(8).slice(0, 342)].join('.');
}
