// The conversation fields and tags that the page has set, as the messenger merges them [M 70]. They belong to one user.
type Call = (...args: unknown[]) => unknown;
type Fields = Map<string, { id: unknown; value: unknown }>;

export interface ConversationSettings {
  /** Keeps what the page sets. Returns the arguments of the call. */
  takeSetting(name: unknown, value: unknown, callback: unknown): unknown[];
  restoreAll(): void;
  /** Empties the fields and tags in the messenger. */
  emptyAll(): void;
  forgetAll(): void;
}

/** @param call - calls `messenger:set` with a name and its arguments */
export function createConversationSettings(call: Call): ConversationSettings {
  let fields: Fields = new Map();
  let tags: unknown;

  const setFields = (list: unknown[]) => list.length && call('conversationFields', list);
  /** A field cannot be removed, only emptied [M 70]. */
  const empty = (ids: Fields) => setFields([...ids.values()].map(({ id }) => ({ id, value: '' })));

  function restore(): void {
    setFields([...fields.values()]);
    if (tags) call('conversationTags', tags);
  }

  return {
    takeSetting(name, value, callback) {
      if (name !== 'conversationFields') {
        tags = value;
        return [name, value, callback];
      }
      const owned = fields;
      for (const field of Array.isArray(value) ? value : []) fields.set(String(field?.id), field);
      return [
        name,
        value,
        () => {
          // The messenger fetches the field rules first. If the user signs out meanwhile, the fields apply after the
          // sign-out and would reach the next user [M 73].
          if (owned !== fields) {
            empty(owned);
            restore();
          }
          if (typeof callback === 'function') callback();
        },
      ];
    },
    restoreAll: restore,
    emptyAll() {
      empty(fields);
      if (tags) call('conversationTags', []);
    },
    forgetAll() {
      fields = new Map();
      tags = undefined;
    },
  };
}
