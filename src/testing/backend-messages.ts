// Reads the body of a new message.
import type { ConversationField } from './conversation-metadata.js';
import type { NewMessage } from './visitors.js';

/** Returns `undefined` if the message has no text. */
export function readNewMessage(body: Readonly<Record<string, unknown>>, atMs: number): NewMessage | undefined {
  const { text, fields, tags } = body;
  if (typeof text !== 'string' || text === '') return undefined;
  return {
    text,
    atMs,
    fields: Array.isArray(fields) ? (fields as ConversationField[]) : [],
    tags: Array.isArray(tags) ? tags.map(String) : [],
  };
}
