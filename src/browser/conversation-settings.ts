// The conversation fields and tags that the page has set, as the messenger merges them [M 70]. They belong to one user. The
// session says when they may be in the messenger.
type Call = (...args: unknown[]) => unknown;
// The page may have passed anything.
type Field = { id: unknown; value: unknown };

/** What the page has set for one user. */
export interface Settings {
  readonly ownFields: Map<string, Field>;
  ownTags: unknown;
  /** How many calls wait for the field rules, which the messenger fetches first [M 71]. */
  openCalls: number;
}

export interface ConversationSettings {
  /** Keeps what the page sets. Returns the arguments to pass on, or `undefined` if the call must wait. */
  takeSetting(name: unknown, value: unknown, callback: unknown): unknown[] | undefined;
  /**
   * Says whether they may be in the messenger. If not, they are kept until they may.
   *
   * @param clears - whether to clear them in the messenger; a sign-out does it itself
   */
  allow(mayPass: boolean, clears: boolean): void;
  /** Passes everything to the messenger again, because it has none of it. */
  restoreAll(): void;
  /** Clears the fields and tags in the messenger, and forgets them. */
  forgetAll(clears: boolean): void;
  /** Whether fields that are forgotten are still on their way into the messenger [M 73]. At most for 10 s. */
  hasLateFields(): boolean;
  /** The messenger is gone, so the calls that are open never end. */
  dropCalls(): void;
}

const LATE_MS = 10_000;
// No member is absent, because the page may have added one with its name to all objects.
const createSettings = (): Settings => ({ ownFields: new Map(), ownTags: undefined, openCalls: 0 });

/**
 * @param call - calls the messenger, or adds the call to its queue
 * @param isLive - whether the messenger is live
 * @param hasIdentity - whether the messenger has stored an identity
 */
export function createConversationSettings(
  call: Call,
  isLive: () => boolean,
  hasIdentity: () => boolean,
): ConversationSettings {
  let settings = createSettings();
  let isHeld = false;
  /** The messenger's queue has a call that passes everything on. So what is forgotten before that is not in the queue. */
  let isQueued = false;
  let lateCalls = 0;
  let lateUntilMs = 0;

  const setFields = (list: unknown[], onSet: () => void) => call('messenger:set', 'conversationFields', list, onSet);
  const setTags = (tags: unknown) => call('messenger:set', 'conversationTags', tags);

  function restoreAll(): void {
    if (isHeld || !(settings.ownFields.size || settings.ownTags)) return;
    if (!isLive()) return queueAll();
    if (settings.ownFields.size) setFields([...settings.ownFields.values()], watchCall());
    if (settings.ownTags) setTags(settings.ownTags);
  }

  function queueAll(): void {
    if (isQueued) return;
    isQueued = true;
    call(() => {
      isQueued = false;
      if (isLive()) restoreAll();
    });
  }

  function clear(): void {
    if (!isLive()) return;
    // Clears them at once, and can delete no anonymous visitor [M 54, 72].
    if (hasIdentity()) emptyAll(settings);
    else call('messenger', 'logoutUser');
  }

  /** Empties these fields and tags in the messenger, and sets the current user's again, unless they are held back. */
  function emptyAll(cleared: Settings, onDone = () => {}): void {
    const restored = isHeld || cleared === settings ? createSettings() : settings;
    const fields = new Map(cleared.ownFields);
    // A field cannot be removed, only emptied [M 70].
    fields.forEach(({ id }, key) => fields.set(key, { id, value: '' }));
    restored.ownFields.forEach((field, key) => fields.set(key, field));
    if (fields.size) {
      const onSet = restored === settings ? watchCall() : undefined;
      // One call, because two calls may arrive in any order [M 71].
      setFields([...fields.values()], () => {
        onSet?.();
        onDone();
      });
    } else onDone();
    if (cleared.ownTags) setTags(restored.ownTags || []);
  }

  /** Returns the callback for a call that sets the current user's fields. */
  function watchCall(): () => void {
    const owned = settings;
    owned.openCalls++;
    return () => {
      owned.openCalls = Math.max(0, owned.openCalls - 1);
      // They have arrived in the messenger after they were cleared. logoutUser would cancel a login that is open [M 57].
      if (owned !== settings) emptyAll(owned, () => (lateCalls = Math.max(0, lateCalls - 1)));
      else if (isHeld) emptyAll(owned);
    };
  }

  return {
    takeSetting(name, value, callback) {
      const onSet = typeof callback === 'function' ? (callback as () => void) : () => {};
      const isTags = name === 'conversationTags';
      if (isTags) settings.ownTags = value;
      else {
        for (const field of Array.isArray(value) ? (value as Field[]) : [])
          settings.ownFields.set(String(field?.id), field);
      }
      if (isHeld || !isLive()) {
        restoreAll();
        return void queueMicrotask(onSet);
      }
      if (isTags) return [name, value, callback];
      const onArrival = watchCall();
      const onDone = () => {
        onArrival();
        onSet();
      };
      return [name, value, onDone];
    },
    allow(mayPass, clears) {
      if (mayPass !== isHeld) return;
      isHeld = !mayPass;
      if (mayPass) restoreAll();
      else if (clears) clear();
    },
    restoreAll,
    forgetAll(clears) {
      if (clears && !isHeld) clear();
      lateCalls += settings.openCalls;
      lateUntilMs = performance.now() + LATE_MS;
      settings = createSettings();
    },
    // A build may never call back.
    hasLateFields: () => lateCalls > 0 && performance.now() < lateUntilMs,
    dropCalls() {
      settings.openCalls = lateCalls = 0;
      isQueued = false;
    },
  };
}
