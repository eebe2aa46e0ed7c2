// Every way of signing out. The server is called first where a user is signed in, and the wipe comes when that call has
// ended: whoever is signed in by then is signed out [M 51] [M 53] [M 80].
import type { FakeBuild } from './account.js';
import { createBearerHeader, type ApiClient, type ApiResponse } from './api-client.js';
import type { Environment } from './environment.js';
import type { JwtAsks } from './jwt-asks.js';
import { MAX_TRIES, RETRY_MS } from './requests.js';
import type { VisitorState } from './visitor-state.js';

export interface SignOut {
  /** `logoutUser` [M 33] [M 49] [M 54]. */
  logoutUser(): void;
  /** `resetWidget`: no server call, and everything before it returns [M 55] [M 58]. */
  resetWidget(callback: unknown): void;
  /** Signs the previous user out before another user signs in. Resolves after the wipe [M 48]. */
  signOutForAnotherUser(): Promise<void>;
  /** Forgets the visitor after refusals, without a server call [M 25] [M 27]. */
  signOutSilently(): void;
}

export interface SignOutParts {
  readonly environment: Environment;
  readonly build: FakeBuild;
  readonly api: ApiClient;
  readonly asks: JwtAsks;
  readonly visitor: VisitorState;
  readonly isAlive: () => boolean;
  readonly isCreatingVisitor: () => boolean;
  /** Logins that already have their token never call back [M 22]. */
  readonly invalidateLogins: () => void;
  readonly clearFieldsAndTags: () => void;
  readonly clearConversation: () => void;
  readonly closeWindow: () => void;
}

type User = Extract<VisitorState['current'], { kind: 'user' }>;

export function createSignOut(parts: SignOutParts): SignOut {
  const { environment, api, asks, visitor } = parts;

  function wipe(): void {
    visitor.wipe();
    parts.clearConversation();
  }

  // Up to three tries, as for other requests. A call that hangs never ends, and neither does the sign-out [M 51].
  async function callServer({ id, token: first }: User): Promise<void> {
    let token: string = first;
    let hasAsked = false;
    for (let tries = 1; tries <= MAX_TRIES && parts.isAlive(); tries += 1) {
      const call = { method: 'POST', path: `appusers/${id}/logout` } as const;
      const answer: ApiResponse | 'network-error' = await api.call(call, createBearerHeader(token));
      if (answer !== 'network-error' && answer.ok) return;
      await environment.wait(RETRY_MS);
      const isRefused = answer !== 'network-error' && answer.status === 401 && tries < MAX_TRIES;
      const canAsk: boolean = isRefused && !hasAsked && parts.isAlive();
      const replacement: Promise<string | undefined> | undefined = canAsk ? asks.askForReplacement(token) : undefined;
      hasAsked ||= replacement !== undefined;
      token = (await replacement) ?? token;
    }
  }

  return {
    logoutUser() {
      const { current } = visitor;
      parts.clearFieldsAndTags();
      parts.invalidateLogins();
      parts.closeWindow();
      // Without a stored identity, the session goes on [M 54].
      if (visitor.readStored().appUserId === undefined) return;
      if (current.kind !== 'user') return wipe();
      // A page that was left meanwhile has no messenger any more, and the identity stays [M 56].
      void callServer(current).then(() => parts.isAlive() && wipe());
    },
    resetWidget(callback) {
      // B26 ignores it, and never calls back, while an anonymous visitor is being created [M 59].
      if (parts.build === 'B26' && parts.isCreatingVisitor()) return;
      if (parts.build === 'B26') parts.clearFieldsAndTags();
      parts.invalidateLogins();
      wipe();
      parts.closeWindow();
      if (typeof callback === 'function') (callback as () => void)();
    },
    async signOutForAnotherUser() {
      const { current } = visitor;
      if (current.kind !== 'user') return;
      parts.clearFieldsAndTags();
      // Without a stored identity, the new user just takes the place of the previous one [M 53] [M 54].
      if (visitor.readStored().appUserId === undefined) return parts.clearConversation();
      await callServer(current);
      if (parts.isAlive()) wipe();
    },
    signOutSilently() {
      parts.invalidateLogins();
      wipe();
      parts.closeWindow();
    },
  };
}
