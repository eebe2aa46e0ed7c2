// The uses of the API that the compiler accepts, and those that it rejects.
import { expectTypeOf, it } from 'vitest';
import {
  createMessenger,
  isMessengerAuthError,
  type MessengerErrorCode,
  type MessengerSnapshot,
} from '../../src/index.js';

const key = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const messenger = createMessenger({ key, tokenUrl: '/zendesk-token' });

it('createMessenger() takes exactly one source of tokens', () => {
  createMessenger({
    key,
    getToken: async ({ reason, signal }) => (reason === 'sign-in' && !signal.aborted ? 'jwt' : null),
  });
  createMessenger({ key, getToken: () => null, nonce: undefined, onEvent: ({ type, atMs }) => void [type, atMs] });
  // @ts-expect-error -- neither
  createMessenger({ key });
  // @ts-expect-error -- both
  createMessenger({ key, tokenUrl: '/t', getToken: () => null });
  // @ts-expect-error -- not a token
  createMessenger({ key, getToken: () => 5 });
  // @ts-expect-error -- unknown
  createMessenger({ key, tokenUrl: '/t', tokenURL: '/t' });
});

it('zE() checks the documented commands, and accepts unknown ones', () => {
  messenger.zE('messenger', 'open');
  messenger.zE('messenger:set', 'zIndex', 5);
  messenger.zE('messenger:set', 'conversationTags', ['a']);
  messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value: true }]);
  messenger.zE('messenger:on', 'unreadMessages', (count) => expectTypeOf(count).toEqualTypeOf<number>());
  messenger.zE('messenger', 'inventedTomorrow', 1, {}, 'three');
  messenger.zE('messenger:tomorrow', 'anything');
  messenger.zE(() => {});
  // @ts-expect-error -- zIndex is a number
  messenger.zE('messenger:set', 'zIndex', '5');
  // @ts-expect-error -- open takes nothing
  messenger.zE('messenger', 'open', 1);
  // @ts-expect-error -- tags are a list
  messenger.zE('messenger:set', 'conversationTags', 'a');
});

it('on() checks the arguments of listeners', () => {
  const off = messenger.on('unreadMessages', (count) => expectTypeOf(count).toEqualTypeOf<number>());
  expectTypeOf(off).toEqualTypeOf<() => void>();
  messenger.on('open', () => {});
  messenger.on('inventedTomorrow', (anything: { a: number }) => anything.a);
  // @ts-expect-error -- a count is a number
  messenger.on('unreadMessages', (count: string) => count);
});

it('errors and snapshots have narrow types', () => {
  expectTypeOf(messenger.login()).resolves.toEqualTypeOf<MessengerSnapshot>();
  expectTypeOf(messenger.getSnapshot().status).toEqualTypeOf<'signed-out' | 'signing-in' | 'signed-in' | 'failed'>();
  const error: unknown = undefined;
  if (isMessengerAuthError(error)) expectTypeOf(error.code).toEqualTypeOf<MessengerErrorCode>();
});
