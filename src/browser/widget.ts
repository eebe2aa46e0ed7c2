// Calls the messenger's function `zE`. Reads it from the page for every call, because the messenger replaces it when it
// goes live. Catches the errors that it throws [M 12].
import type { Widget } from '../ports.js';
import { createConversationSettings } from './conversation-settings.js';
import { identityStorage } from './identity-storage.js';
import { mayHaveFrame, removeFrames, watchFrame } from './frames.js';
import type { Snippet } from './snippet.js';

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
  /** Whether the launcher may be shown. The page's own `hide` still hides it. */
  allowLauncher(mayShow: boolean): void;
  /** Does not watch the page any more. */
  stop(): void;
}

/**
 * @param mayShow - whether the launcher may be shown at first
 * @param onRefusal - called when the messenger throws an error, but only once for each command
 */
export function createWidget(
  snippet: Snippet,
  mayShow: boolean,
  onRefusal: (command: string, error: unknown) => void,
): PageWidget {
  const page = globalThis as { zE?: ZE | undefined; zEmbed?: ZE | undefined; zEACLoaded?: boolean };
  const refusedCommands = new Set<string>();
  // What the page has set and registered, for a messenger that is started again.
  const settings = new Map<unknown, unknown[]>();
  const registrations = new Set<() => void>();
  const conversation = createConversationSettings(
    (...args) => call(args),
    () => !!findLive(),
    () => !!identityStorage.readIdentity().storedId,
  );
  // The last queue to which load() added the call that reports 'live'.
  let watchedQueue: unknown;
  // The number of calls at the start of the queue that on() put there.
  let priorityCount = 0;
  let isHiddenByPage = false;
  let wasRemoved = false;
  let stopWatching = () => {};

  // The live function has the property `widget`. If the page had set only zE, its dead queue stays at zE [M 5].
  const findLive = () => [read('zE'), read('zEmbed')].find((candidate) => candidate?.widget);
  const isGone = () => wasRemoved && !findLive();

  /** The page's own function may throw when it is read. */
  function read(name: 'zE' | 'zEmbed'): ZE | undefined {
    try {
      return page[name];
    } catch {
      return undefined;
    }
  }

  /**
   * Calls the messenger, or adds the call to the queue. Never throws. Returns `refusedCommands`, as a unique value,
   * if the messenger threw an error.
   *
   * @param isPriority - whether to insert the call before all queued calls without priority
   */
  function call(args: unknown[], isPriority?: boolean): unknown {
    try {
      if (typeof page.zE !== 'function') {
        const queue: unknown[] = [];
        page.zE = page.zEmbed = Object.assign((...item: unknown[]) => void queue.push(item), { _: queue, waits: true });
      }
      // Going live flushes `zE._`. It replaces the function only if both names refer to the same one [M 1, 5].
      page.zEmbed ??= page.zE;
      const live = findLive();
      if (live) return live(...args);
      // Add the call to the queue directly: zE may be the page's own function, which may do something else with it.
      // Going live flushes the queue of that function, but only if it is an array [M 5, 81].
      const queue = Array.isArray(page.zE._) ? page.zE._ : (page.zE._ = []);
      return void queue.splice(isPriority ? priorityCount++ : queue.length, 0, args);
    } catch (error) {
      const command = args
        .slice(0, 2)
        .filter((word) => typeof word === 'string')
        .join(' ');
      if (!refusedCommands.has(command)) onRefusal(command, error);
      refusedCommands.add(command);
      return refusedCommands;
    }
  }

  /** Keeps what the page sets. Returns the arguments to pass on, or `undefined` if the call must wait. */
  function takeSettings(args: unknown[]): unknown[] | undefined {
    const [scope, name, value, callback] = args;
    if (scope === 'messenger' && (name === 'show' || name === 'hide')) {
      isHiddenByPage = name === 'hide';
      return mayShow ? args : undefined;
    }
    if (scope !== 'messenger:set') return args;
    if (/^conversation[FT]/.test(name as string)) {
      const passed = conversation.takeSetting(name, value, callback);
      return passed && [scope, ...passed];
    }
    settings.set(name, args);
    return args;
  }

  /** Prepares a new queue: what the page has set for an earlier messenger, and the call that reports 'live'. */
  function prepareQueue(onLive: () => void): void {
    if (wasRemoved) {
      priorityCount = 0;
      registrations.forEach((register) => call([register], true));
      settings.forEach((args) => call(args));
    }
    if (!mayShow || (wasRemoved && isHiddenByPage)) call(['messenger', 'hide'], true);
    // The microtask runs after all queued calls: a queued sign-out must not run after the sign-in that 'live' triggers.
    call([() => queueMicrotask(onLive)]);
    watchedQueue = page.zE?._;
    wasRemoved = false;
  }

  function takeOffPage(): void {
    // Only the page's own tag is loading. It cannot be stopped, and would be a second messenger after the next load().
    if (!watchedQueue && !findLive() && (snippet.hasTag() || (read('zE') && !read('zE')!.waits))) return;
    stopWatching();
    snippet.removeTag();
    removeFrames();
    conversation.dropCalls();

    // The next snippet creates them again [M 76].
    delete page.zE;
    delete page.zEmbed;
    delete page.zEACLoaded;
    watchedQueue = undefined;
    wasRemoved = true;
  }

  return {
    call(...args) {
      const passed = takeSettings(args);
      const result = passed && call(passed);
      return result === refusedCommands ? undefined : result;
    },
    allowLauncher(isAllowed) {
      if (isAllowed === mayShow) return;
      mayShow = isAllowed;
      if (!isHiddenByPage && !isGone()) call(['messenger', isAllowed ? 'show' : 'hide']);
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
      registrations.add(register);
      if (!wasRemoved) call([register], true);
      return () => {
        registrations.delete(register);
        if (activeListener && typeof unsubscribe === 'function') (unsubscribe as () => void)();
        activeListener = undefined;
      };
    },
    stop() {
      stopWatching();
      snippet.stopWaiting();
    },
    load(notify) {
      const watch = () => {
        stopWatching();
        stopWatching = watchFrame(() => notify('lost'));
      };
      const onLive = () => {
        if (findLive()?.widget === 'classic') return notify('loadFailed', 'classic_widget');
        // The frame can have gone after a load that counts as failed.
        watch();
        notify('live');
      };
      const onRan = () => {
        if (page.zE?.waits) page.zE.waits = false;
        notify('looked', { scriptRan: true });
      };
      const place = () => {
        try {
          if (snippet.hasOtherKey()) return notify('loadFailed', 'key_conflict');
          // The page's own messenger was removed before this library watched it, for example by a router.
          if (findLive()?.widget === 'messenger' && !mayHaveFrame()) takeOffPage();
          // Only once per queue, however often load() is called.
          if (!watchedQueue || watchedQueue !== page.zE?._) prepareQueue(onLive);
          watch();
          if (findLive()) return;
          snippet.placeTag(!page.zE!.waits, onRan, notify, place);
        } catch (error) {
          // For example, Trusted Types do not allow the URL.
          notify('loadFailed', 'script_blocked', error);
        }
      };
      place();
    },
    login(jwtCallback, onResult) {
      const onAnswer = (error?: { reason?: unknown }) => onResult(error ? String(error.reason) : '');
      if (call(['messenger', 'loginUser', jwtCallback, onAnswer]) === refusedCommands) onResult('refused');
    },
    logout(resets, forgets) {
      // Without a stored id, logoutUser only clears the fields and tags [M 54].
      if (resets) call(['messenger', 'resetWidget']);
      call(['messenger', 'logoutUser']);
      if (forgets) conversation.forgetAll(false);
      return !!findLive();
    },
    resetMessenger() {
      call(['messenger', 'resetWidget']);
    },
    takeOffPage,
    allowConversation: conversation.allow,
    restoreConversation: conversation.restoreAll,
    hasLateFields: conversation.hasLateFields,
    forgetConversation: () => conversation.forgetAll(true),
  };
}
