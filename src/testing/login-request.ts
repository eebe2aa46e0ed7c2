// The login request: after which responses it asks for a new token, after which it retries, and after which it deletes
// the visitor [M 25] [M 26].
import type { FakeBuild } from './account.js';
import { createBearerHeader, type ApiClient, type ApiResponse } from './api-client.js';
import type { Environment } from './environment.js';
import type { JwtAsks } from './jwt-asks.js';
import { explain, MAX_TRIES, RETRY_MS } from './requests.js';
import type { VisitorState } from './visitor-state.js';

export interface LoginParts {
  readonly environment: Environment;
  readonly build: FakeBuild;
  readonly api: ApiClient;
  readonly asks: JwtAsks;
  readonly visitor: VisitorState;
  readonly signOutLocally: () => void;
}

export interface Login {
  readonly token: string;
  readonly externalId: string;
  /** Whether this is still the latest login. If not, it ends without calling back [M 22]. */
  readonly isLatest: () => boolean;
}

export type LoginResult =
  { readonly token: string; readonly appUserId: string } | { readonly reason: string } | 'superseded';

export async function postLogin(parts: LoginParts, login: Login): Promise<LoginResult> {
  const { build, api, asks, environment, visitor } = parts;
  const { externalId, isLatest } = login;
  let token = login.token;
  let hasAsked = false;
  for (let tries = 1; ; tries += 1) {
    // Send the anonymous visitor along, so that it is merged into the user [M 19].
    const { current } = visitor;
    const merged = current.kind === 'anonymous' ? { appUserId: current.id, sessionToken: current.sessionToken } : {};
    const body = { userId: externalId, ...merged };
    const answer = await api.call({ method: 'POST', path: 'login', body }, createBearerHeader(token));
    if (!isLatest()) return 'superseded';
    if (answer === 'network-error') return { reason: explain(answer) };
    if (answer.ok) return { token, appUserId: String((answer.body['appUser'] as { id?: unknown } | undefined)?.id) };
    const asksAgain = asksForNewToken(build, answer.status);
    if (asksAgain || answer.status === 403) {
      await environment.wait(RETRY_MS);
      if (!isLatest()) return 'superseded';
      if (tries < MAX_TRIES) {
        const replacement = asksAgain && !hasAsked ? asks.askForReplacement(token) : undefined;
        if (replacement !== undefined) {
          hasAsked = true;
          // The messenger does not check again which user the new token is for [M 29].
          token = (await replacement) ?? token;
          if (!isLatest()) return 'superseded';
        }
        continue;
      }
    }
    if (deletesVisitor(build, answer)) parts.signOutLocally();
    return { reason: explain(answer) };
  }
}

function asksForNewToken(build: FakeBuild, status: number): boolean {
  return status === 401 || (build === 'B26' && (status === 409 || status === 429));
}

// A refusal deletes the visitor, but a server error does not. In B25, only a 401 counts as a refusal.
function deletesVisitor(build: FakeBuild, { status, description }: ApiResponse): boolean {
  return status === 401 || (build === 'B26' && status < 500 && description !== undefined);
}
