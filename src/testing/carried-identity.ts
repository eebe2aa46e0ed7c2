// The identity that a login carries, and whether it is another user's.
import { decodeJsonObject } from './base64url.js';
import type { Visitors } from './visitors.js';

/** What a login says about the visitor who signs in. */
export interface CarriedIdentity {
  /** The `external_id` in the login's body: the user whom the messenger signs in [M 19]. */
  readonly userId?: string | undefined;
  /** The `appUserId` in the login's body: the identity that the messenger had stored [M 46]. */
  readonly appUserId?: string | undefined;
  /**
   * Whose identity this `appUserId` is: a user's, an anonymous visitor's who is then merged, or one that the backend
   * does not know.
   */
  readonly appUserIdOf?: 'user' | 'anonymous' | 'unknown' | undefined;
  /** The `external_id` of the user whose identity this `appUserId` is; `undefined` unless it is a user's. */
  readonly appUserIdOfUser?: string | undefined;
}

/**
 * A login that carried another user's identity [M 46] [M 48] [M 52]. What the real server does with it is not known;
 * users report that the new user sees the conversation of the previous one.
 */
export interface BackendBreach {
  /** When the login arrived, in milliseconds since 1970 by the backend's `now`. */
  readonly atMs: number;
  /** Always the same, so far. */
  readonly kind: 'foreign-identity';
  /** The `external_id` of the user who was signing in. */
  readonly userId: string;
  /** The other user's `appUserId`. */
  readonly appUserId: string;
  /** The `external_id` of the other user. */
  readonly belongsTo: string;
}

/** Reads the identity in a login request. Leaves the request's body unread for the next reader. */
export async function readIdentity(request: Request, visitors: Visitors): Promise<CarriedIdentity> {
  const { userId, appUserId } = await readJson(request.clone());
  if (typeof appUserId !== 'string') return { userId: toText(userId) };
  const owner = visitors.all.find(({ id }) => id === appUserId);
  const appUserIdOf = owner === undefined ? 'unknown' : owner.externalId === undefined ? 'anonymous' : 'user';
  return { userId: toText(userId), appUserId, appUserIdOf, appUserIdOfUser: owner?.externalId };
}

/** Returns the breach that this login is, or `undefined` if it carries no identity of another user. */
export function findBreach(request: Request, identity: CarriedIdentity, atMs: number): BackendBreach | undefined {
  const { userId, appUserId, appUserIdOfUser: belongsTo } = identity;
  // The token decides who signs in. The messenger may believe in another user [M 29].
  const claimant = readClaimant(request) ?? userId ?? '';
  if (appUserId === undefined || belongsTo === undefined || belongsTo === claimant) return undefined;
  return { atMs, kind: 'foreign-identity', userId: claimant, appUserId, belongsTo };
}

/** Reads a JSON object. Returns an empty object for anything else. */
export async function readJson(request: Request): Promise<Record<string, unknown>> {
  const value: unknown = await request.json().catch(() => undefined);
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

const toText = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

// A refused token counts, too: the login has carried the identity.
function readClaimant(request: Request): string | undefined {
  try {
    return toText(decodeJsonObject(request.headers.get('authorization')?.split('.')[1] ?? '')['external_id']);
  } catch {
    return undefined;
  }
}
