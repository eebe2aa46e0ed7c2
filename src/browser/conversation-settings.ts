// The conversation fields and tags that the page has set, as the messenger merges them [M 70]. They belong to one user.
type Call = (...args: unknown[]) => unknown;
// The page may have passed anything.
type Field = { id: unknown; value: unknown };

/** What the page has set for one user. */
export interface Settings {
  readonly ownFields: Map<string, Field>;
  ownTags?: unknown;
  /** How many calls wait for the field rules, which the messenger fetches first [M 71]. */
  openCalls: number;
}

export interface ConversationSettings {
  /** Keeps what the page sets. Returns the arguments of the call. */
  takeSetting(name: unknown, value: unknown, callback: unknown): unknown[];
  restoreAll(): void;
  /**
   * Empties the fields and tags in the messenger.
   *
   * @param settings - whose; default: the current user's
   */
  emptyAll(settings?: Settings): void;
  forgetAll(): void;
  /** Whether fields that are forgotten are still on their way into the messenger [M 73]. At most for 2 s. */
  hasLateFields(): boolean;
}

const LATE_MS = 2000;
const createSettings = (): Settings => ({ ownFields: new Map(), openCalls: 0 });

/**
 * @param call - calls `messenger:set` with a name and its arguments
 * @param onLate - called when forgotten fields have arrived in the messenger, which must be cleared then
 */
export function createConversationSettings(call: Call, onLate: (settings: Settings) => void): ConversationSettings {
  let settings = createSettings();
  let lateCalls = 0;

  const setFields = (list: unknown[]) => list.length && call('conversationFields', list);

  function takeFields(value: unknown): () => void {
    const owned = settings;
    owned.openCalls++;
    for (const field of Array.isArray(value) ? (value as Field[]) : []) owned.ownFields.set(String(field?.id), field);
    return () => {
      owned.openCalls--;
      if (owned === settings) return;
      lateCalls = Math.max(0, lateCalls - 1);
      onLate(owned);
    };
  }

  return {
    takeSetting(name, value, callback) {
      if (name !== 'conversationFields') {
        settings.ownTags = value;
        return [name, value, callback];
      }
      const onSet = takeFields(value);
      const onDone = () => {
        onSet();
        if (typeof callback === 'function') (callback as () => void)();
      };
      return [name, value, onDone];
    },
    restoreAll() {
      setFields([...settings.ownFields.values()]);
      if (settings.ownTags) call('conversationTags', settings.ownTags);
    },
    emptyAll({ ownFields, ownTags } = settings) {
      // A field cannot be removed, only emptied [M 70].
      setFields([...ownFields.values()].map(({ id }) => ({ id, value: '' })));
      if (ownTags) call('conversationTags', []);
    },
    forgetAll() {
      lateCalls += settings.openCalls;
      // A build may never call back.
      if (lateCalls) setTimeout(() => (lateCalls = 0), LATE_MS);
      settings = createSettings();
    },
    hasLateFields: () => lateCalls > 0,
  };
}
