// Every call that Zendesk documents compiles, through the library and directly.
import { expectTypeOf, it } from 'vitest';
import { createMessenger, type MessengerEvents, type ZendeskZE } from '../../src/index.js';

const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
declare const zE: ZendeskZE;

it('messenger: what needs no arguments', () => {
  for (const action of ['show', 'hide', 'open', 'close', 'logoutUser'] as const) {
    messenger.zE('messenger', action);
    zE('messenger', action);
  }
});

it('messenger loginUser, only directly', () => {
  zE('messenger', 'loginUser', (answer) => answer('jwt'));
  zE(
    'messenger',
    'loginUser',
    (answer) => answer('jwt'),
    (error) => expectTypeOf(error?.reason).toEqualTypeOf<string | undefined>(),
  );
});

it('messenger resetWidget and useSessionAuth, with and without a callback [M 58]', () => {
  messenger.zE('messenger', 'resetWidget');
  messenger.zE('messenger', 'resetWidget', () => {});
  messenger.zE('messenger', 'useSessionAuth');
  messenger.zE('messenger', 'useSessionAuth', (error) => console.log(error));
});

it('messenger render [M 9]', () => {
  messenger.zE('messenger', 'render');
  messenger.zE('messenger', 'render', { mode: 'embedded', widget: { targetElement: '#chat' } });
  messenger.zE('messenger', 'render', { mode: 'embedded' }, (error) => console.log(error));
  interface Config {
    mode: 'embedded';
    messageLog?: { targetElement: HTMLElement };
  }
  const config: Config = { mode: 'embedded' };
  messenger.zE('messenger', 'render', config, () => {});
});

it('messenger newConversation', () => {
  messenger.zE('messenger', 'newConversation');
  messenger.zE('messenger', 'newConversation', { displayName: 'Order 5', metadata: { order: 5 } });
  messenger.zE('messenger', 'newConversation', { displayName: 'Order 5' }, (error, conversation) => {
    if (!error) console.log(conversation.id);
  });
  messenger.zE('messenger', 'newConversation', { displayName: 'Order 5' }, ({ id }) => id, console.error);
  messenger.zE('messenger', 'newConversation', (error: Error | null, result?: { id: string }) => [error, result?.id]);
});

it('messenger sendMessage', () => {
  messenger.zE('messenger', 'sendMessage', 'Hello');
  messenger.zE('messenger', 'sendMessage', { content: { type: 'text', text: 'Hello' } }, 'conversation-id');
  messenger.zE(
    'messenger',
    'sendMessage',
    { content: { type: 'text', text: 'Hello' }, metadata: { isHidden: true } },
    'conversation-id',
    (error, message) => console.log(error ?? message.id),
  );
});

it('messenger fetchConversations', () => {
  messenger.zE('messenger', 'fetchConversations', (error, { conversations }) => console.log(error, conversations));
  messenger.zE('messenger', 'fetchConversations', 10, (error, result) => console.log(error, result?.conversations));
});

it('messenger:set [M 15, 70, 71]', () => {
  messenger.zE('messenger:set', 'locale', 'de');
  messenger.zE('messenger:set', 'zIndex', 5);
  for (const policy of ['all', 'functional', 'none', true, false] as const)
    messenger.zE('messenger:set', 'cookies', policy);
  const fields = [
    { id: 4711, value: 'gold' },
    { id: '4712', value: 5 },
    { id: 4713, value: true },
  ] as const;
  messenger.zE('messenger:set', 'conversationFields', fields);
  messenger.zE('messenger:set', 'conversationFields', [{ id: 4711, value: '' }], () => {});
  messenger.zE('messenger:set', 'conversationTags', ['checkout']);
  messenger.zE('messenger:set', 'conversationTags', [] as readonly string[], () => {});
  messenger.zE('messenger:set', 'customization', { theme: { primary: '#000' }, common: { hideHeader: true } });
  messenger.zE('messenger:set', 'beforeMessageSent', (message) => ({ ...message, metadata: { page: '/' } }));
  messenger.zE('messenger:set', 'beforeMessageDisplay', (message, data) => (message.metadata?.internal ? null : data));
});

it('messenger:on, with every event [M 13, 15]', () => {
  messenger.zE('messenger:on', 'unreadMessages', (count) => expectTypeOf(count).toEqualTypeOf<number>());
  zE('messenger:on', 'open', (details) => console.log(details?.id));
  type Others = Exclude<keyof MessengerEvents, 'unreadMessages'>;
  const names = [
    'open',
    'close',
    'show',
    'hide',
    'conversationStarted',
    'conversationOpened',
    'messagesShown',
  ] as const;
  const later = [
    ...['messageReceived', 'proactiveMessageDisplayed', 'proactiveMessageClicked', 'conversationWithAgentRequested'],
    ...['conversationAgentAssigned', 'newConversationButtonClicked', 'postbackButtonClicked', 'articleClicked'],
    ...['conversationExtensionOpened', 'conversationExtensionDisplayed', 'articleBrowserClicked'],
    ...['sourcesOpened', 'sourcesClosed'],
  ] as const satisfies readonly Others[];
  for (const name of [...names, ...later]) {
    messenger.zE('messenger:on', name, () => {});
    messenger.on(name, (details) => console.log(details?.type));
  }
});

it('messenger:get config, which returns nothing', () => {
  messenger.zE('messenger:get', 'config', (config) => console.log(config.locale));
  zE('messenger:get', 'config', (config: { locale: string }) => config.locale);
});

it('messenger:ui', () => {
  messenger.zE('messenger:ui', 'newConversation');
  messenger.zE('messenger:ui', 'newConversation', { displayName: 'Order 5', iconUrl: '/icon.png', metadata: {} });
  messenger.zE('messenger:ui', 'navigation', { screen: 'Conversation', options: { conversationId: '5' } });
});

it('a function that is called when the messenger is live [M 4]', () => {
  messenger.zE(() => {});
  zE(() => {});
  expectTypeOf(zE.widget).toEqualTypeOf<'messenger' | 'classic' | undefined>();
});
