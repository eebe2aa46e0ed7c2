// The messenger's one function, `zE`. It is looked up at every call, because going live replaces it, and nothing that
// it throws gets out [M 12].
import type { Widget } from '../ports.js';
import type { CreateTag } from './script-tag.js';
import { placeSnippet } from './snippet.js';

interface ZE {
  (...args: unknown[]): unknown;
  /** Set when it is live [M 4]. */
  readonly widget?: 'messenger' | 'classic';
  _?: unknown[];
  /** Set on a queue of this library until the script has run. */
  waits?: boolean;
}

/** The widget port, and what the site calls through `messenger.zE`. */
export interface PageWidget extends Widget {
  call(...args: unknown[]): unknown;
}

/** @param onRefusal - told once for each command that the messenger threw at */
export function createWidget(
  key: string,
  createTag: CreateTag,
  onRefusal: (command: string, error: unknown) => void,
): PageWidget {
  const page = globalThis as { zE?: ZE; zEmbed?: ZE };
  const conversation = new Map<unknown, unknown>();
  const refused = new Set<string>();
  let tag: Element | undefined;
  let queue: unknown[] | undefined;

  // Live, it is the one of the two that has a widget: a page that set zE alone keeps a dead queue there [M 5].
  const findLive = () => [page.zE, page.zEmbed].find((candidate) => candidate?.widget);

  function call(...args: unknown[]): unknown {
    const [scope, name, value] = args;
    try {
      if (typeof page.zE !== 'function') {
        const queue: unknown[] = [];
        page.zE = page.zEmbed = Object.assign((...call: unknown[]) => void queue.push(call), { _: queue, waits: true });
      }
      // Going live flushes `zE._`, and replaces the function only where both names have the same one [M 1, 5].
      page.zEmbed ??= page.zE;
      if (scope === 'messenger:set' && /^conversation[FT]/.test(name as string)) conversation.set(name, value);
      const live = findLive();
      // Into the queue by hand: a page's own function in that place may do anything else.
      return live ? live(...args) : void (page.zE._ ??= []).push(args);
    } catch (error) {
      const command = [scope, name].filter((word) => typeof word === 'string').join(' ');
      if (!refused.has(command)) onRefusal(command, error);
      refused.add(command);
      return refused;
    }
  }

  // Puts the call before ahead of the queue, in their order: listeners must hear what a queued 'open' does.
  let firsts = 0;
  function goFirst() {
    if (!findLive()) page.zE?._?.splice(firsts++, 0, page.zE._.pop());
  }

  return {
    call: (...args) => {
      const result = call(...args);
      return result === refused ? undefined : result;
    },
    on(event, listener) {
      let current: typeof listener | undefined = listener;
      let end: unknown;
      // Registered when live, because only then the messenger returns an unsubscribe function, if it does at all: what
      // it keeps for ever is an empty shell [M 13].
      const result = call(() => {
        if (current) end = call('messenger:on', event, (...details: unknown[]) => current?.(...details));
      });
      if (result !== refused) goFirst();
      return () => {
        if (current && typeof end === 'function') (end as () => void)();
        current = undefined;
      };
    },
    load(tell) {
      const tellLive = () => (findLive()?.widget === 'classic' ? tell('loadFailed', 'classic_widget') : tell('live'));
      const tellItRan = () => {
        if (page.zE?.waits) page.zE.waits = false;
        tell('looked', { scriptRan: true });
      };
      const tellBlocked = (cause?: unknown) => tell('loadFailed', 'script_blocked', cause);
      try {
        // Once in a queue, however often it is loaded. Told after all that is queued: a sign-out in it must not come
        // after the sign-in that follows it.
        if (!queue || queue !== page.zE?._) {
          call(() => queueMicrotask(tellLive));
          queue = page.zE?._;
        }
        if (findLive()) return;
        tag = placeSnippet(key, createTag, tag, !page.zE!.waits, tellItRan, tellBlocked);
      } catch (error) {
        // Trusted Types, for example.
        tellBlocked(error);
      }
    },
    login(jwtCallback, done) {
      const onAnswer = (error?: { reason?: unknown }) => done(error ? String(error.reason) : '');
      if (call('messenger', 'loginUser', jwtCallback, onAnswer) === refused) done('refused');
    },
    logout() {
      call('messenger', 'logoutUser');
    },
    restoreConversation() {
      conversation.forEach((value, name) => call('messenger:set', name, value));
    },
  };
}
