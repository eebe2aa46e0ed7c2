// The messages in the messenger's window.
import type { ConversationMetadata } from './conversation-metadata.js';
import type { RequestResult, Requests } from './requests.js';
import type { VisitorState } from './visitor-state.js';

/** A message in the messenger's window. */
export interface ShownMessage {
  /** The id from the backend. */
  readonly id: string;
  /** The text of the message. */
  readonly text: string;
}

export interface Conversation {
  readonly messages: readonly ShownMessage[];
  /** Sends a message in the current conversation, or in a new one if there is none yet. */
  send(text: string): Promise<RequestResult>;
  /** Sends a message in a new conversation. */
  start(text: string): Promise<RequestResult>;
  /** Loads the current visitor's messages from the server. After a failure, the old messages stay. */
  load(): Promise<void>;
  clear(): void;
}

export function createConversation(
  requests: Requests,
  visitor: VisitorState,
  metadata: ConversationMetadata,
  onChange: () => void,
): Conversation {
  let messages: readonly ShownMessage[] = [];
  const show = (shown: readonly ShownMessage[]): void => {
    messages = shown;
    onChange();
  };
  async function post(text: string, send: Requests['send']): Promise<RequestResult> {
    const { result, body } = await send((id) => ({
      method: 'POST',
      path: `appusers/${id}/messages`,
      // Whoever writes, the fields and tags that are set go along [M 72].
      body: { text, fields: metadata.fields, tags: metadata.tags },
    }));
    // Do not show the message if the visitor has changed in the meantime.
    if ('sentAs' in result && result.sentAs === visitor.current.kind) {
      visitor.startConversation();
      show([...messages, body['message'] as ShownMessage]);
    }
    return result;
  }

  return {
    get messages() {
      return messages;
    },
    send: (text) => post(text, messages.length > 0 ? requests.send : requests.sendNewConversation),
    start: (text) => post(text, requests.sendNewConversation),
    async load() {
      const session = visitor.sessionNumber;
      const { result, body } = await requests.send((id) => ({ method: 'GET', path: `appusers/${id}/conversations` }));
      const loaded = body['messages'];
      if (!('sentAs' in result) || visitor.sessionNumber !== session || !Array.isArray(loaded)) return;
      if (loaded.length > 0) visitor.startConversation();
      show(loaded as ShownMessage[]);
    },
    clear: () => show([]),
  };
}
