// The handle on the fake messenger: what a test or a page sees of it, and what it can make it do.
import type { FakeBuild } from './account.js';
import type { ShownMessage } from './conversation.js';
import type { ConversationField } from './messenger-commands.js';
import type { RequestResult } from './requests.js';

/** Who the visitor is, as the messenger in this page believes. Tokens and session secrets are left out. */
export type FakeVisitor =
  | {
      /** Nobody: before the first message, and after a sign-out. */
      readonly kind: 'none';
    }
  | {
      /** Somebody who has written without being signed in. */
      readonly kind: 'anonymous';
      /** The id that the backend gave. */
      readonly id: string;
    }
  | {
      /** Somebody whose token was accepted. */
      readonly kind: 'user';
      /** The token's `external_id`. */
      readonly externalId: string;
    };

/**
 * The fake messenger of one window. Where two widgets were booted by mistake [M 7], it speaks of the later one, as `window.zE` does.
 * Before the messenger is live, its state is that of a messenger where nothing has happened.
 */
export interface FakeMessenger {
  /** Whether `zE` works: booted, and its frame still in the page [M 8]. */
  readonly live: boolean;
  /** The build that runs; `undefined` before one was booted. */
  readonly build: FakeBuild | undefined;
  /** How many widgets were booted in this page. More than 1 is a mistake of the page [M 7]. */
  readonly boots: number;
  /** Whether the kill switch has been seen [M 11]. */
  readonly isKilled: boolean;
  /** Whether the window is open. */
  readonly isOpen: boolean;
  /** Whether the page has called `hide` and not `show` since. */
  readonly isHidden: boolean;
  /** `false` while the page has asked to wait for `render` [M 9]. */
  readonly isRendered: boolean;
  /** As set by `setUnread`; 0 once the window was opened. */
  readonly unreadCount: number;
  /** As set by the page; `undefined` if it was not. */
  readonly zIndex: number | undefined;
  /** As set by the page; `undefined` if it was not. */
  readonly locale: string | undefined;
  /** As set by the page; a sign-out clears them [M 33]. */
  readonly conversationFields: readonly ConversationField[];
  /** As set by the page; a sign-out clears them [M 33]. */
  readonly conversationTags: readonly string[];
  /** After a page load nobody is signed in, whoever was before [M 20]. */
  readonly visitor: FakeVisitor;
  /** What the window shows, oldest first. */
  readonly messages: readonly ShownMessage[];
  /** Calls of `jwtCallback` so far: one for each `loginUser`, and the renewal asks. */
  readonly asks: number;
  /** Those of them that followed a refused request [M 26]. */
  readonly renewalAsks: number;
  /** Renewal asks that have no answer so far; nothing limits their time [M 28]. */
  readonly waitingAsks: number;
  /**
   * Sends a message as the visitor would. Resolves as whom it was sent, or why it failed; never rejects, and stays pending while an
   * ask is not answered. A 401 is met with up to three tries, one ask and, in the end, a silent sign-out [M 26–28].
   */
  send(text: string): Promise<RequestResult>;
  /** A background request, with the same rules. */
  request(): Promise<RequestResult>;
  /** A connection of the realtime socket, with the same rules [M 26]. */
  connectRealtime(): Promise<RequestResult>;
  /** Opens the window, as a click on the launcher does. */
  openWindow(): void;
  /** Closes the window, as its button does. */
  closeWindow(): void;
  /** Sets the unread count and tells the listeners. Opening the window sets it to 0. */
  setUnread(count: number): void;
  /** Calls the page's listeners for an event of `messenger:on`. */
  emit(event: string, payload?: unknown): void;
  /** Calls `listener` after changes of what stands here. Returns how to unsubscribe. */
  onChange(listener: () => void): () => void;
}
