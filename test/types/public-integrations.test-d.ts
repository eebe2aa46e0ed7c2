// Calls of the kinds that public integrations make, written as they are made there: also with types of their own.
import { it } from 'vitest';
import { createMessenger, type ConversationField, type Messenger } from '../../src/index.js';

const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });

it('sets a field whose numeric id comes from the settings of the site', () => {
  const fieldIds: Record<string, number> = { plan: 17826865089553 };
  const fields: ConversationField[] = Object.entries(fieldIds).map(([name, id]) => ({ id, value: name }));
  messenger.zE('messenger:set', 'conversationFields', fields);
});

it('sets a locale from a table, with a default', () => {
  const locales: Record<string, string | undefined> = { en: 'en-US', is: 'is-IS' };
  messenger.zE('messenger:set', 'locale', locales[document.documentElement.lang] ?? 'en-US');
});

it('embeds the messenger and waits for it in a promise', async () => {
  await new Promise<void>((resolve, reject) => {
    messenger.zE(
      'messenger',
      'render',
      { mode: 'embedded', conversationList: { targetElement: '#list' }, messageLog: { targetElement: '#log' } },
      (error?: Error | null) => (error ? reject(error) : resolve()),
    );
  });
});

it('lists conversations, with its own types of the result', () => {
  interface Failure {
    message: string;
  }
  interface Page {
    conversations: { id: string; displayName?: string }[];
  }
  return new Promise<Page['conversations']>((resolve, reject) => {
    messenger.zE('messenger', 'fetchConversations', 0, (error: Failure | null, page?: Page) => {
      if (error) reject(new Error(error.message));
      else resolve(page?.conversations ?? []);
    });
  });
});

it('starts a conversation and then shows it', () => {
  const options = { displayName: 'Question', message: { content: { type: 'text', text: 'Where is my order?' } } };
  messenger.zE('messenger', 'newConversation', options, (error: unknown, conversation: { id: string }) => {
    if (error) return;
    const { id: conversationId } = conversation;
    messenger.zE('messenger:ui', 'navigation', { screen: 'Conversation', options: { conversationId } });
  });
});

it('customizes the window with an object of its own type', () => {
  interface Theme {
    theme: Partial<Record<'primary' | 'onPrimary' | 'message', string>>;
    common?: { hideHeader?: boolean; contentScale?: number };
  }
  const theme: Theme = { theme: { primary: '#164a4a' }, common: { contentScale: 90 } };
  messenger.zE('messenger:set', 'customization', theme);
});

it('opens and closes with one function', () => {
  const toggle = (isOpen: boolean) => messenger.zE('messenger', isOpen ? 'close' : 'open');
  toggle(true);
});

it('hides the launcher on some pages', () => {
  for (const action of ['hide', 'close'] as const) messenger.zE('messenger', action);
});

it('waits for the messenger in a promise', async () => {
  await new Promise<void>((live) => messenger.zE(live));
});

it('shows the number of unread messages in a badge of its own', () => {
  const badge = document.querySelector('#badge')!;
  return messenger.on('unreadMessages', (count) => (badge.textContent = String(count || '')));
});

it('sends events to its analytics', () => {
  const track = (name: string, details?: object) => console.log(name, details);
  for (const name of ['conversationStarted', 'messagesShown', 'proactiveMessageClicked'] as const)
    messenger.on(name, (details) => track(name, details));
});

it('withdraws and gives the consent to cookies', () => {
  const setConsent = (isGiven: boolean) => messenger.zE('messenger:set', 'cookies', isGiven ? 'all' : 'none');
  setConsent(true);
});

it('passes the handle, its zE and its on around', () => {
  const wrap = ({ zE, on }: Messenger) => ({ open: () => zE('messenger', 'open'), on });
  wrap(messenger).on('open', () => {});
});
