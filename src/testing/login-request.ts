// The login request: the identity that it carries, its tries, after which responses it asks for a new token, and after
// which it deletes the visitor [M 25] [M 26].
import type { FakeBuild } from './account.js';
import { createBearerHeader, type ApiCall, type ApiClient, type ApiResponse } from './api-client.js';
import type { Environment } from './environment.js';
import type { JwtAsks } from './jwt-asks.js';
import { explain, MAX_TRIES, RETRY_MS } from './requests.js';
import type { VisitorState } from './visitor-state.js';
import type { StoredIdentity, UserProfile } from './visitor-storage.js';

export interface LoginParts {
  readonly environment: Environment;
  readonly build: FakeBuild;
  readonly api: ApiClient;
  readonly asks: JwtAsks;
  readonly visitor: VisitorState;
  readonly signOutSilently: () => void;
}

export interface Login {
  readonly token: string;
  readonly externalId: string;
  /** What was stored when `loginUser` was called, even if that was another user's identity [M 46] [M 48]. */
  readonly stored: StoredIdentity;
  /** Whether this is still the latest login. If not, it ends without calling back [M 22]. */
  readonly isLatest: () => boolean;
}

export type LoginResult =
  | {
      readonly token: string;
      readonly appUserId: string;
      readonly profile: UserProfile;
      /** The visitor's {@link VisitorState.signOutCount} when the accepted request was sent. */
      readonly signOutCount: number;
    }
  | { readonly reason: string }
  | 'superseded';

export async function postLogin(parts: LoginParts, login: Login): Promise<LoginResult> {
  const { build, api, asks, environment, visitor } = parts;
  const { isLatest } = login;
  const call = createLoginCall(build, login);
  let token = login.token;
  let hasAsked = false;
  for (let tries = 1; ; tries += 1) {
    const { signOutCount } = visitor;
    const answer = await api.call(call, createBearerHeader(token));
    if (!isLatest()) return 'superseded';
    if (answer !== 'network-error' && answer.ok) return { token, ...readAppUser(answer), signOutCount };
    // Any failure is tried again, and the last try is waited for, too [M 27].
    await environment.wait(RETRY_MS);
    if (!isLatest()) return 'superseded';
    if (tries === MAX_TRIES) {
      endSession(parts, answer);
      return { reason: explain(answer) };
    }
    const replacement = asksForNewToken(build, answer) && !hasAsked ? asks.askForReplacement(token) : undefined;
    if (replacement === undefined) continue;
    hasAsked = true;
    // The messenger does not check again which user the new token is for [M 29].
    token = (await replacement) ?? token;
    if (!isLatest()) return 'superseded';
  }
}

function createLoginCall(build: FakeBuild, { externalId, stored }: Login): ApiCall {
  const { appUserId } = stored;
  return {
    method: 'POST',
    path: 'login',
    body: { userId: externalId, ...stored },
    ...(build === 'B26' && appUserId !== undefined && { headers: { 'x-zendesk-userid': appUserId } }),
  };
}

function readAppUser({ body }: ApiResponse): { appUserId: string; profile: UserProfile } {
  const { id, ...profile } = (body['appUser'] ?? {}) as Readonly<Record<string, string>>;
  return { appUserId: String(id), profile };
}

function asksForNewToken(build: FakeBuild, answer: ApiResponse | 'network-error'): boolean {
  if (answer === 'network-error') return false;
  return answer.status === 401 || (build === 'B26' && (answer.status === 409 || answer.status === 429));
}

// A refusal deletes the visitor, but a server error does not. After one, B26 has lost the token of a running session
// [M 25].
function endSession(parts: LoginParts, answer: ApiResponse | 'network-error'): void {
  if (isRefusal(parts.build, answer)) parts.signOutSilently();
  else if (parts.build === 'B26') parts.visitor.loseToken();
}

// In B25, only a 401 counts as a refusal.
function isRefusal(build: FakeBuild, answer: ApiResponse | 'network-error'): boolean {
  if (answer === 'network-error') return false;
  const { status, description } = answer;
  return status === 401 || (build === 'B26' && status < 500 && description !== undefined);
}
