// The messenger's only function, `zE`. It is looked up at every call, because the messenger replaces it when it goes
// live. Errors that it throws are caught here [M 12].
import type { Widget } from '../ports.js';
import type { CreateTag } from './script-tag.js';
import { placeSnippet } from './snippet.js';

interface ZE {
  (...args: unknown[]): unknown;
  /** Set when the messenger is live [M 4]. */
  readonly widget?: 'messenger' | 'classic';
  /** The queue. A page that has its own function may keep something else here. */
  _?: unknown;
  /** Set on a queue that this library created, until the script has run. */
  waits?: boolean;
}

/** The widget port, with the function behind `messenger.zE`. */
export interface PageWidget extends Widget {
  call(...args: unknown[]): unknown;
}

/** @param onRefusal - called once for each command for which the messenger threw an error */
export function createWidget(
  key: string,
  createTag: CreateTag,
  onRefusal: (command: string, error: unknown) => void,
): PageWidget {
  const page = globalThis as { zE?: ZE; zEmbed?: ZE };
  const conversation = new Map<unknown, unknown>();
  const refused = new Set<string>();
  let tag: Element | undefined;
  let queue: unknown;
  let firsts = 0;

  // When live, the function with a `widget` is the right one. If the page set only zE, a dead queue stays there [M 5].
  const findLive = () => [page.zE, page.zEmbed].find((candidate) => candidate?.widget);

  /** @param isFirst - puts the call before all queued calls, but after earlier ones that were put there */
  function call(args: unknown[], isFirst?: boolean): unknown {
    const [scope, name, value] = args;
    try {
      if (typeof page.zE !== 'function') {
        const queue: unknown[] = [];
        page.zE = page.zEmbed = Object.assign((...call: unknown[]) => void queue.push(call), { _: queue, waits: true });
      }
      // Going live flushes `zE._`. It replaces the function only if both names refer to the same one [M 1, 5].
      page.zEmbed ??= page.zE;
      if (scope === 'messenger:set' && /^conversation[FT]/.test(name as string)) conversation.set(name, value);
      const live = findLive();
      if (live) return live(...args);
      // Put it into the queue directly: the page may have its own function here, which may do something else. Going live
      // flushes the queue of that function, but only an array [M 5, 81].
      const queue = Array.isArray(page.zE._) ? page.zE._ : (page.zE._ = []);
      return void queue.splice(isFirst ? firsts++ : queue.length, 0, args);
    } catch (error) {
      const command = [scope, name].filter((word) => typeof word === 'string').join(' ');
      if (!refused.has(command)) onRefusal(command, error);
      refused.add(command);
      return refused;
    }
  }

  return {
    call: (...args) => {
      const result = call(args);
      return result === refused ? undefined : result;
    },
    on(event, listener) {
      let current: typeof listener | undefined = listener;
      let end: unknown;
      // Register when live, because only then can the messenger return an unsubscribe function. Some builds return none
      // and keep the wrapper forever, but it no longer references the site's listener [M 13].
      // Put first, because listeners must be registered before a queued 'open' runs.
      const register = () => {
        if (current) end = call(['messenger:on', event, (...details: unknown[]) => current?.(...details)]);
      };
      call([register], true);
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
        // Add this call only once per queue, however often load() is called. The microtask runs after all queued calls:
        // a queued sign-out must not run after the sign-in that 'live' triggers.
        if (!queue || queue !== page.zE?._) {
          call([() => queueMicrotask(tellLive)]);
          queue = page.zE?._;
        }
        if (findLive()) return;
        tag = placeSnippet(key, createTag, tag, !page.zE!.waits, tellItRan, tellBlocked);
      } catch (error) {
        // For example, because of Trusted Types.
        tellBlocked(error);
      }
    },
    login(jwtCallback, done) {
      const onAnswer = (error?: { reason?: unknown }) => done(error ? String(error.reason) : '');
      if (call(['messenger', 'loginUser', jwtCallback, onAnswer]) === refused) done('refused');
    },
    logout() {
      call(['messenger', 'logoutUser']);
    },
    restoreConversation() {
      conversation.forEach((value, name) => call(['messenger:set', name, value]));
    },
  };
}
