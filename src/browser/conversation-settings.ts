// The conversation fields and tags that the page has set, as the messenger merges them [M 70]. They belong to one user.
type Call = (...args: unknown[]) => unknown;
// The page may have passed anything.
type Field = { id: unknown; value: unknown };

/** What the page has set for one user. */
export interface Settings {
  readonly ownFields: Map<string, Field>;
  ownTags: unknown;
  /** How many calls wait for the field rules, which the messenger fetches first [M 71]. */
  openCalls: number;
  /** How often they were cleared in the messenger. */
  clearings: number;
  /** They are cleared in the messenger, until the user is back. */
  isCleared: boolean;
}

export interface ConversationSettings {
  /** Keeps what the page sets. Returns the arguments to pass on, or `undefined` if the call must wait. */
  takeSetting(name: unknown, value: unknown, callback: unknown): unknown[] | undefined;
  /** Passes everything that is kept to the messenger, now and from now on. */
  restoreAll(): void;
  /** Clears the fields and tags in the messenger, but keeps them for `restoreAll`. */
  clearAll(): void;
  forgetAll(): void;
  /** Passes nothing on until `restoreAll`. */
  holdBack(): void;
  /** Whether fields that are forgotten are still on their way into the messenger [M 73]. At most for 10 s. */
  hasLateFields(): boolean;
  /** The calls that are open never end: the messenger is gone, or they were taken out of the queue. */
  dropCalls(): void;
}

const LATE_MS = 10_000;
// No member is absent, because the page may have added one with its name to all objects.
const createSettings = (): Settings => ({
  ownFields: new Map(),
  ownTags: undefined,
  openCalls: 0,
  clearings: 0,
  isCleared: false,
});

/**
 * @param call - calls the messenger
 * @param hasIdentity - whether the messenger has stored an identity
 */
export function createConversationSettings(call: Call, hasIdentity: () => boolean): ConversationSettings {
  let settings = createSettings();
  let isHeldBack = false;
  let lateCalls = 0;
  let lateUntilMs = 0;

  const setFields = (list: unknown[], onSet: () => void) => call('messenger:set', 'conversationFields', list, onSet);
  const setTags = (tags: unknown) => call('messenger:set', 'conversationTags', tags);

  function restoreAll(): void {
    isHeldBack = settings.isCleared = false;
    if (settings.ownFields.size) setFields([...settings.ownFields.values()], watchCall());
    if (settings.ownTags) setTags(settings.ownTags);
  }

  function clearAll(cleared = settings): void {
    cleared.clearings++;
    cleared.isCleared = true;
    // Clears them at once, and can delete no anonymous visitor [M 54, 72].
    if (hasIdentity()) emptyAll(cleared);
    else call('messenger', 'logoutUser');
  }

  /** Empties these fields and tags in the messenger, and sets the current user's again, unless they are held back. */
  function emptyAll(cleared: Settings, onDone = () => {}): void {
    const mayRestore = !settings.isCleared && !isHeldBack;
    const fields = new Map(cleared.ownFields);
    // A field cannot be removed, only emptied [M 70].
    fields.forEach(({ id }, key) => fields.set(key, { id, value: '' }));
    if (mayRestore) settings.ownFields.forEach((field, key) => fields.set(key, field));
    if (fields.size) {
      const onSet = mayRestore ? watchCall() : undefined;
      // One call, because two calls may arrive in any order [M 71].
      setFields([...fields.values()], () => {
        onSet?.();
        onDone();
      });
    } else onDone();
    if (cleared.ownTags) setTags((mayRestore && settings.ownTags) || []);
  }

  /** Returns the callback for a call that sets the current user's fields. */
  function watchCall(): () => void {
    const owned = settings;
    const { clearings } = owned;
    owned.openCalls++;
    return () => {
      owned.openCalls = Math.max(0, owned.openCalls - 1);
      // They have arrived in the messenger after they were cleared. logoutUser would cancel a login that is open [M 57].
      if (owned !== settings) emptyAll(owned, () => (lateCalls = Math.max(0, lateCalls - 1)));
      else if (clearings !== owned.clearings && owned.isCleared) emptyAll(owned);
    };
  }

  return {
    takeSetting(name, value, callback) {
      const onSet = typeof callback === 'function' ? (callback as () => void) : () => {};
      if (name === 'conversationTags') settings.ownTags = value;
      else {
        for (const field of Array.isArray(value) ? (value as Field[]) : [])
          settings.ownFields.set(String(field?.id), field);
      }
      // While the user is signed out, they would go with an anonymous visitor's messages.
      if (isHeldBack || settings.isCleared) return void queueMicrotask(onSet);
      if (name === 'conversationTags') return [name, value, callback];
      const onArrival = watchCall();
      const onDone = () => {
        onArrival();
        onSet();
      };
      return [name, value, onDone];
    },
    restoreAll,
    clearAll: () => clearAll(),
    forgetAll() {
      lateCalls += settings.openCalls;
      lateUntilMs = performance.now() + LATE_MS;
      settings = createSettings();
    },
    holdBack: () => void (isHeldBack = true),
    // A build may never call back.
    hasLateFields: () => lateCalls > 0 && performance.now() < lateUntilMs,
    dropCalls: () => void (settings.openCalls = lateCalls = 0),
  };
}
