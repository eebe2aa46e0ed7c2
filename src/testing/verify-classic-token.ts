// Checks whether the chat or the help center of the Web Widget (Classic) would accept a token [M 37].
import { decodeJsonObject } from './base64url.js';
import type { ClassicUser } from './classic-users.js';
import { findShapeProblem, findSignatureProblem, findTimeProblem } from './verify-token.js';

export type ClassicProduct = 'chat' | 'helpCenter';

export interface ClassicKey {
  readonly product: ClassicProduct;
  readonly secret: string;
  /** The server's clock, in milliseconds since 1970. */
  readonly nowMs: number;
}

// Reported by users [M 37].
const LONGEST_CHAT_TOKEN_S = 7 * 60;

/** Checks the token. Returns the claims, or why the token is refused. */
export function verifyClassicToken(
  token: string,
  key: ClassicKey,
): { readonly claims: ClassicUser } | { readonly reason: string } {
  try {
    const shapeProblem = findShapeProblem(token);
    if (shapeProblem !== undefined) return { reason: shapeProblem };
    const [header, claims] = token.split('.').map((part, index) => (index < 2 ? decodeJsonObject(part) : {}));
    const reason =
      findKeyProblem(header!, claims!) ??
      findSignatureProblem(token, key) ??
      findClaimProblem(claims!) ??
      findTimeProblem(claims!, key.nowMs / 1000) ??
      findLifetimeProblem(claims!, key.product);
    if (reason !== undefined) return { reason };
    const { name, external_id: externalId } = claims!;
    return {
      claims: {
        name: name as string,
        externalId: externalId === undefined ? undefined : `${externalId as string | number}`,
      },
    };
  } catch {
    return { reason: 'not a JWT: header or payload cannot be read' };
  }
}

function findKeyProblem(header: Record<string, unknown>, claims: Record<string, unknown>): string | undefined {
  if (header['alg'] !== 'HS256') return 'header: alg is not HS256';
  if (String(header['kid']).startsWith('app_')) return 'header: kid is the id of a messaging key';
  return claims['scope'] === 'user' ? 'scope: the token is for messaging' : undefined;
}

function findClaimProblem(claims: Record<string, unknown>): string | undefined {
  for (const name of ['name', 'email']) {
    const value = claims[name];
    if (value === undefined) return `${name} is missing`;
    if (typeof value !== 'string' || value === '') return `${name} is not a text`;
  }
  const { external_id: externalId } = claims;
  const isId = externalId === undefined || typeof externalId === 'string' || typeof externalId === 'number';
  return isId ? undefined : 'external_id is not a text';
}

function findLifetimeProblem({ iat, exp }: Record<string, unknown>, product: ClassicProduct): string | undefined {
  if (iat === undefined) return 'iat is missing';
  if (product === 'helpCenter') return undefined;
  if (exp === undefined) return 'exp is missing';
  return (exp as number) - (iat as number) > LONGEST_CHAT_TOKEN_S ? 'exp is more than 7 minutes after iat' : undefined;
}
