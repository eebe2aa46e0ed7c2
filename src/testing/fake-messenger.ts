// The interface of the fake messenger for tests and pages: what they can read, and what they can make it do.
import type { FakeBuild } from './account.js';
import type { ClassicUsers } from './classic-users.js';
import type { ShownMessage } from './conversation.js';
import type { ConversationField } from './conversation-metadata.js';
import type { RequestResult } from './requests.js';

/**
 * Whom the messenger in this page would send the next message as. What is stored says nothing about it: a user's stored
 * identity does nothing [M 45]. Contains no tokens and no session secrets.
 */
export type FakeVisitor =
  | {
      /** Nobody: the next message creates an anonymous visitor, who overwrites a stored identity [M 45]. */
      readonly kind: 'none';
    }
  | {
      /** A visitor who has sent a message without being signed in. */
      readonly kind: 'anonymous';
      /** The id from the backend. */
      readonly id: string;
    }
  | {
      /** A user whose token was accepted. */
      readonly kind: 'user';
      /** The token's `external_id`. */
      readonly externalId: string;
    };

/**
 * The fake messenger of one window. If two widgets were booted by mistake [M 7], it describes the later one, like
 * `window.zE`. Before the messenger is live, all values are those of a new messenger.
 */
export interface FakeMessenger {
  /** Whether `zE` works: the messenger has booted, and its frame is still in the page [M 8]. */
  readonly live: boolean;
  /** The build that runs; `undefined` before the messenger has booted. */
  readonly build: FakeBuild | undefined;
  /** How many widgets have booted in this page, including those whose frames have been removed. */
  readonly boots: number;
  /** How many widgets are in the page now. More than 1 is a mistake of the page [M 7]. */
  readonly widgets: number;
  /** Whether the messenger was stopped by the kill switch [M 11]. */
  readonly isKilled: boolean;
  /** Whether the messenger's window is open. */
  readonly isOpen: boolean;
  /** Whether the page has hidden the messenger with `hide`. */
  readonly isHidden: boolean;
  /** `false` while the messenger waits for `render`, because the page has set `autorender` to `false` [M 9]. */
  readonly isRendered: boolean;
  /** The unread count, set with `setUnread`. 0 after the window was opened. */
  readonly unreadCount: number;
  /** The z-index that the page has set; `undefined` if it has set none. */
  readonly zIndex: number | undefined;
  /** The locale that the page has set; `undefined` if it has set none. */
  readonly locale: string | undefined;
  /**
   * The conversation fields that the page has set, once their rules have been fetched. `logoutUser` and another user's
   * sign-in clear them, but the end of a session does not [M 72].
   */
  readonly conversationFields: readonly ConversationField[];
  /** The conversation tags that the page has set. They are cleared like the fields [M 72]. */
  readonly conversationTags: readonly string[];
  /**
   * Whom the messenger would send the next message as. After a page load nobody is signed in [M 20]. After `logoutUser`
   * the user is still there until the server call has ended [M 51].
   */
  readonly visitor: FakeVisitor;
  /** Who is signed in to the Web Widget (Classic) [M 37]. In the messenger, nobody is. */
  readonly classicUsers: ClassicUsers;
  /** The messages in the window, oldest first. */
  readonly messages: readonly ShownMessage[];
  /** How often `jwtCallback` was called: once for each `loginUser`, and for each renewal. */
  readonly asks: number;
  /** How often `jwtCallback` was called after a refused request [M 26]. */
  readonly renewalAsks: number;
  /** How many of these renewal calls have no answer yet. They have no time limit [M 28]. */
  readonly waitingAsks: number;
  /**
   * Sends a message as the visitor. Resolves with who sent it or why it failed. Never rejects. Stays pending until
   * `jwtCallback` has answered. After a 401, the messenger makes up to three tries, asks once for a new token, and
   * finally signs the visitor out silently [M 26–28].
   *
   * The message goes to the conversation in the window. If that is empty, the message starts a new conversation, like
   * `startConversation`.
   */
  send(text: string): Promise<RequestResult>;
  /**
   * Sends a message in a new conversation, with the same rules as `send`. The messenger then reads the storage again: if
   * another tab has stored another visitor there, it requests that visitor with its own token, is refused, and signs out
   * whoever is there, in all tabs [M 63].
   */
  startConversation(text: string): Promise<RequestResult>;
  /** Sends a background request, with the same rules as `send`. */
  request(): Promise<RequestResult>;
  /** Connects the realtime socket, with the same rules as `send` [M 26]. */
  connectRealtime(): Promise<RequestResult>;
  /** Opens the window, like a click on the launcher. */
  openWindow(): void;
  /** Closes the window, like its close button. */
  closeWindow(): void;
  /** Sets the unread count and calls the listeners. Opening the window sets it to 0. */
  setUnread(count: number): void;
  /** Calls the page's listeners for an event of `messenger:on`. */
  emit(event: string, payload?: unknown): void;
  /** Calls `listener` after every change of these properties. Returns an unsubscribe function. */
  onChange(listener: () => void): () => void;
}
