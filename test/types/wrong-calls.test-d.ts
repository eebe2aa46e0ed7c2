// What must not compile, and the escapes. messages.test.ts checks what the compiler says.
import { it } from 'vitest';
import { createMessenger, type ZendeskZE } from '../../src/index.js';

const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
declare const zE: ZendeskZE;

it('misspelt and unknown names', () => {
  // @ts-expect-error -- open
  messenger.zE('messenger', 'opne');
  // @ts-expect-error -- conversationTags
  messenger.zE('messenger:set', 'conversationTag', ['a']);
  // @ts-expect-error -- unreadMessages
  messenger.zE('messenger:on', 'unreadMesages', () => {});
  // @ts-expect-error -- messenger:set
  messenger.zE('messenger:sett', 'locale', 'de');
  // @ts-expect-error -- the tags are a setting
  messenger.zE('messenger', 'conversationTags', ['a']);
  // @ts-expect-error -- the classic widget
  messenger.zE('webWidget', 'open');
  // @ts-expect-error -- a newer command
  messenger.zE('messenger', 'inventedTomorrow', 1, {}, 'three');
  // @ts-expect-error -- one of the two is wrong
  for (const action of ['open', 'shut'] as const) messenger.zE('messenger', action);
  // @ts-expect-error -- any text
  messenger.zE('messenger', String(5));
  // @ts-expect-error -- nothing
  messenger.zE();
  // @ts-expect-error -- unreadMessages
  messenger.on('unreadMesages', () => {});
  // @ts-expect-error -- a newer event
  messenger.on('inventedTomorrow', () => {});
  // @ts-expect-error -- open
  zE('messenger', 'opne');
});

it('wrong arguments', () => {
  // @ts-expect-error -- zIndex is a number
  messenger.zE('messenger:set', 'zIndex', '5');
  // @ts-expect-error -- open takes nothing
  messenger.zE('messenger', 'open', 1);
  // @ts-expect-error -- tags are a list
  messenger.zE('messenger:set', 'conversationTags', 'a');
  // @ts-expect-error -- a field needs an id
  messenger.zE('messenger:set', 'conversationFields', [{ value: 'gold' }]);
  // @ts-expect-error -- no such policy
  messenger.zE('messenger:set', 'cookies', 'some');
  // @ts-expect-error -- locale is necessary
  messenger.zE('messenger:set', 'locale');
  // @ts-expect-error -- the listener is a function
  messenger.zE('messenger:on', 'open', 'listener');
  // @ts-expect-error -- a count is a number
  messenger.on('unreadMessages', (count: string) => count);
});

it('loginUser through the library', () => {
  // @ts-expect-error -- the library calls it
  messenger.zE('messenger', 'loginUser', (answer: (jwt: string) => void) => answer('jwt'));
  // @ts-expect-error -- the library calls it
  messenger.zE('messenger', 'loginUser');
});

it('the escapes', () => {
  messenger.zE.unsafe('messenger', 'inventedTomorrow', 1, {}, 'three');
  messenger.zE.unsafe('webWidget', 'open');
  messenger.zE.unsafe('messenger', 'loginUser', (answer: (jwt: string) => void) => answer('jwt'));
  const off: () => void = messenger.on.unsafe('inventedTomorrow', (details: { a: number }) => details.a);
  off();
  (zE as (...args: unknown[]) => unknown)('messenger', 'inventedTomorrow');
});
