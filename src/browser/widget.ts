// Calls the messenger's function `zE`. Reads it from the page for every call, because the messenger replaces it when it
// goes live. Catches the errors that it throws [M 12].
import type { Widget } from '../ports.js';
import type { CreateTag } from './script-tag.js';
import { placeSnippet } from './snippet.js';

interface ZE {
  (...args: unknown[]): unknown;
  /** Set when the messenger is live [M 4]. */
  readonly widget?: 'messenger' | 'classic';
  /** The queue. A page that has its own function may keep something else here. */
  _?: unknown;
  /** `true` on a queue that this library created, until the script has run. */
  waits?: boolean;
}

/** The widget port, with the function behind `messenger.zE`. */
export interface PageWidget extends Widget {
  call(...args: unknown[]): unknown;
}

/** @param onRefusal - called when the messenger throws an error, but only once for each command */
export function createWidget(
  key: string,
  createTag: CreateTag,
  onRefusal: (command: string, error: unknown) => void,
): PageWidget {
  const page = globalThis as { zE?: ZE; zEmbed?: ZE };
  // The page's last conversation fields and tags, by command.
  const conversation = new Map<unknown, unknown>();
  const refusedCommands = new Set<string>();
  // The snippet's tag that the last load() used.
  let tag: Element | undefined;
  // The last queue to which load() added the call that reports 'live'.
  let watchedQueue: unknown;
  // The number of calls at the start of the queue that on() put there.
  let priorityCount = 0;

  // The live function has the property `widget`. If the page had set only zE, its dead queue stays at zE [M 5].
  const findLive = () => [page.zE, page.zEmbed].find((candidate) => candidate?.widget);

  /**
   * Calls the messenger, or adds the call to the queue. Never throws. Returns `refusedCommands`, as a unique value,
   * if the messenger threw an error.
   *
   * @param isPriority - whether to insert the call before all queued calls without priority
   */
  function call(args: unknown[], isPriority?: boolean): unknown {
    const [scope, name, value] = args;
    try {
      if (typeof page.zE !== 'function') {
        const queue: unknown[] = [];
        page.zE = page.zEmbed = Object.assign((...item: unknown[]) => void queue.push(item), { _: queue, waits: true });
      }
      // Going live flushes `zE._`. It replaces the function only if both names refer to the same one [M 1, 5].
      page.zEmbed ??= page.zE;
      if (scope === 'messenger:set' && /^conversation[FT]/.test(name as string)) conversation.set(name, value);
      const live = findLive();
      if (live) return live(...args);
      // Add the call to the queue directly: zE may be the page's own function, which may do something else with it.
      // Going live flushes the queue of that function, but only if it is an array [M 5, 81].
      const queue = Array.isArray(page.zE._) ? page.zE._ : (page.zE._ = []);
      return void queue.splice(isPriority ? priorityCount++ : queue.length, 0, args);
    } catch (error) {
      const command = [scope, name].filter((word) => typeof word === 'string').join(' ');
      if (!refusedCommands.has(command)) onRefusal(command, error);
      refusedCommands.add(command);
      return refusedCommands;
    }
  }

  return {
    call: (...args) => {
      const result = call(args);
      return result === refusedCommands ? undefined : result;
    },
    on(event, listener) {
      let activeListener: typeof listener | undefined = listener;
      let unsubscribe: unknown;
      // Register when live, because only then can the messenger return an unsubscribe function. Some builds return none
      // and keep the wrapper forever, but it no longer references the site's listener [M 13].
      // With priority, because listeners must be registered before a queued 'open' runs.
      const register = () => {
        if (activeListener)
          unsubscribe = call(['messenger:on', event, (...details: unknown[]) => activeListener?.(...details)]);
      };
      call([register], true);
      return () => {
        if (activeListener && typeof unsubscribe === 'function') (unsubscribe as () => void)();
        activeListener = undefined;
      };
    },
    load(notify) {
      const notifyLive = () =>
        findLive()?.widget === 'classic' ? notify('loadFailed', 'classic_widget') : notify('live');
      const onScriptRan = () => {
        if (page.zE?.waits) page.zE.waits = false;
        notify('looked', { scriptRan: true });
      };
      const onBlocked = (cause?: unknown) => notify('loadFailed', 'script_blocked', cause);
      try {
        // Add this call only once per queue, however often load() is called. The microtask runs after all queued calls:
        // a queued sign-out must not run after the sign-in that 'live' triggers.
        if (!watchedQueue || watchedQueue !== page.zE?._) {
          call([() => queueMicrotask(notifyLive)]);
          watchedQueue = page.zE?._;
        }
        if (findLive()) return;
        tag = placeSnippet(key, createTag, tag, !page.zE!.waits, onScriptRan, onBlocked);
      } catch (error) {
        // For example, Trusted Types do not allow the URL.
        onBlocked(error);
      }
    },
    login(jwtCallback, onResult) {
      const onAnswer = (error?: { reason?: unknown }) => onResult(error ? String(error.reason) : '');
      if (call(['messenger', 'loginUser', jwtCallback, onAnswer]) === refusedCommands) onResult('refused');
    },
    logout() {
      call(['messenger', 'logoutUser']);
    },
    restoreConversation() {
      conversation.forEach((value, name) => call(['messenger:set', name, value]));
    },
  };
}
