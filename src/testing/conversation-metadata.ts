// The conversation fields and tags of the page. They travel with the visitor's messages [M 70–73].
import type { ApiClient } from './api-client.js';
import type { Environment } from './environment.js';

/** A conversation field, as the messenger keeps it. */
export interface ConversationField {
  /** The field's id. The messenger treats the number 1 and the string `'1'` as the same id [M 70]. */
  readonly id: string;
  /** The field's value: a string, a number or a boolean. `''` empties the field [M 70]. */
  readonly value: unknown;
}

export interface ConversationMetadata {
  readonly fields: readonly ConversationField[];
  readonly tags: readonly string[];
  /** Fetches the rules of the fields first. Merges the fields by id after that, and calls back [M 70] [M 71]. */
  setFields(fields: unknown, callback?: unknown): void;
  /** Replaces the tags [M 70]. */
  setTags(tags: unknown, callback?: unknown): void;
  /** Forgets fields and tags. Fields whose rules are still being fetched are set afterwards [M 73]. */
  clear(): void;
}

export interface MetadataParts {
  readonly environment: Environment;
  readonly api: ApiClient;
  readonly isAlive: () => boolean;
  readonly onChange: () => void;
}

export function createConversationMetadata(parts: MetadataParts): ConversationMetadata {
  const { environment, onChange } = parts;
  let fields: readonly ConversationField[] = [];
  let tags: readonly string[] = [];

  const report = (text: string): void => environment.window.console.error(text);
  const callLater = (callback: unknown): void => {
    if (typeof callback === 'function') environment.runLater(callback as () => void, 0);
  };

  async function setFields(given: readonly unknown[], callback: unknown): Promise<void> {
    const knownIds = await fetchKnownIds(parts.api);
    if (!parts.isAlive()) return;
    const accepted = given.map((field) => readField(field, knownIds)).filter((field) => field !== undefined);
    // One console.error for each field that is refused. The others are set [M 71].
    for (let refused = given.length - accepted.length; refused > 0; refused -= 1)
      report('conversationFields: a field has an unknown id or a value of the wrong type');
    const merged = [...fields, ...accepted].map(({ id, value }) => [id, value] as const);
    fields = [...new Map(merged)].map(([id, value]) => ({ id, value }));
    onChange();
    callLater(callback);
  }

  return {
    get fields() {
      return fields;
    },
    get tags() {
      return tags;
    },
    setFields(given, callback) {
      if (!Array.isArray(given)) return report('conversationFields: an array is needed');
      // Copied, because the page may change its array while the rules are being fetched.
      void setFields(given.slice(), callback);
    },
    setTags(given, callback) {
      if (!Array.isArray(given)) return report('conversationTags: an array is needed');
      tags = given.map(String);
      onChange();
      callLater(callback);
    },
    clear() {
      fields = [];
      tags = [];
      onChange();
    },
  };
}

/** Resolves with `undefined` if every id is known. It was not measured what happens if this request fails. */
async function fetchKnownIds(api: ApiClient): Promise<ReadonlySet<string> | undefined> {
  const answer = await api.call({ method: 'GET', path: 'conversation_fields' }, undefined);
  const ids = answer === 'network-error' ? undefined : answer.body['ids'];
  return Array.isArray(ids) ? new Set(ids.map(String)) : undefined;
}

function readField(field: unknown, knownIds: ReadonlySet<string> | undefined): ConversationField | undefined {
  const { id, value } = (field ?? {}) as { readonly id?: unknown; readonly value?: unknown };
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  if (!['string', 'number', 'boolean'].includes(typeof value)) return undefined;
  return knownIds === undefined || knownIds.has(String(id)) ? { id: String(id), value } : undefined;
}
