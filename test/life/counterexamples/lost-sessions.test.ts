// @vitest-environment jsdom
// What a user wrote or set while the session was lost, or while the sign-in failed, reaches nobody else.
import { describe, expect, it } from 'vitest';
import { createRecord } from '../../../src/core/stored-identity.js';
import { FAKE_ACCOUNT, signToken, type FakeBackend } from '../../../src/testing/index.js';
import { openPage, pass, settle, usePages } from '../start-page.js';
import { carried, change, ID, RECORD, setFields } from './visitors.js';

usePages();
const OTHER_CHANNEL = `${'0'.repeat(24)}.appUserId`;

const messagesOf = ({ visitors }: FakeBackend, externalId: string) =>
  visitors.find((visitor) => visitor.externalId === externalId)!.messages.map(({ text }) => text);

/** A token that Zendesk refuses. */
function badToken() {
  const iat = Math.floor(Date.now() / 1000);
  const claims = { scope: 'user', external_id: 'user-1', iat, exp: iat + 3600 };
  return { returns: signToken(claims, { ...FAKE_ACCOUNT, secret: 'x'.repeat(64) }) };
}

/** As Turbo does. */
async function replaceBody(): Promise<void> {
  document.body.replaceWith(document.createElement('body'));
  await pass(5000);
}

/** Ada is signed in with fields and a tag. */
async function startAsAda(how: 'login' | 'setUser' = 'setUser') {
  const page = openPage();
  await settle(how === 'login' ? page.messenger.login() : page.messenger.setUser('1'));
  setFields(page.messenger, 'of ada');
  await pass(10_000);
  return page;
}

/** Zendesk refuses the token in use and the next one. */
async function refuseTokens({ messenger, zendesk, backend, endpoint }: ReturnType<typeof openPage>) {
  backend.revokeAll();
  endpoint.instead = badToken();
  await settle(zendesk.send('first'));
  await pass(60_000);
  expect(messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
}

describe("What a user wrote is not merged into the next user's conversation", () => {
  it.each([['2'], [null, '2']])('after a failed push, setUser() with %j and %j', async (...ids) => {
    const { messenger, zendesk, backend, endpoint, events } = openPage({ endpoint: { lifetimeS: 600 } });
    await settle(messenger.setUser('1'));
    backend.answerAlways('login', { status: 503 });
    await pass(550_000);
    expect(await settle(zendesk.send('secret of ada'))).toEqual({ sentAs: 'anonymous' });
    const count = () => events.filter(({ type }) => type === 'login-rejected').length;
    const before = count();
    while (count() === before) await pass(20);
    backend.answerAlways('login', undefined);
    endpoint.externalId = 'user-2';
    for (const id of ids) await settle(messenger.setUser(id));
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(messagesOf(backend, 'user-2')).toEqual([]);
  });

  it.each(['B25', 'B26'] as const)(
    'after revoked tokens and with an endpoint that is down, build %s',
    async (build) => {
      const { messenger, zendesk, backend, endpoint } = openPage({ build });
      await settle(messenger.setUser('1'));
      await pass(10_000);
      backend.revokeAll();
      endpoint.instead = { throws: new Error('down') };
      await settle(zendesk.send('first'));
      await pass(30_000);
      expect(await settle(zendesk.send('secret of ada'))).toEqual({ sentAs: 'anonymous' });
      endpoint.instead = undefined;
      endpoint.externalId = 'user-2';
      void messenger.setUser('2');
      await pass(300_000);
      expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
      expect(messagesOf(backend, 'user-2')).toEqual([]);
    },
  );

  it('after a sign-in that failed from the start', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    endpoint.instead = { throws: new Error('down') };
    void messenger.setUser('1');
    await pass(30_000);
    await settle(zendesk.send('secret of ada'));
    endpoint.instead = undefined;
    endpoint.externalId = 'user-2';
    await settle(messenger.setUser('2'));
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(messagesOf(backend, 'user-2')).toEqual([]);
  });

  it.each(['remove()', 'login()', 'a slow endpoint'])(
    'written during the first sign-in, then %s and setUser()',
    async (what) => {
      const { messenger, zendesk, backend, endpoint } = openPage();
      endpoint.instead = what === 'a slow endpoint' ? 'hangs' : { throws: new Error('down') };
      void messenger.setUser('1');
      await pass(what === 'a slow endpoint' ? 3000 : 30_000);
      await settle(zendesk.send('secret of ada'));
      endpoint.instead = undefined;
      endpoint.delayMs = 2000;
      if (what === 'remove()') await settle(messenger.remove());
      if (what === 'login()') void messenger.login();
      await pass(1000);
      endpoint.externalId = 'user-2';
      await settle(messenger.setUser('2'), 10_000);
      expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
      expect(messagesOf(backend, 'user-2')).toEqual([]);
    },
  );

  it('if the endpoint says that nobody is signed in, and login() then signs in another user', async () => {
    const { messenger, zendesk, backend, endpoint } = await startAsAda('login');
    endpoint.delayMs = 3000;
    endpoint.instead = { returns: null };
    change(ID, null);
    change(RECORD, null);
    await pass(100);
    expect(await settle(zendesk.send('secret of ada'))).toEqual({ sentAs: 'anonymous' });
    await pass(10_000);
    endpoint.instead = undefined;
    endpoint.externalId = 'user-2';
    await settle(messenger.login(), 10_000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(messagesOf(backend, 'user-2')).toEqual([]);
  });
});

describe('What an anonymous visitor wrote is kept', () => {
  async function startAfterAnonymous() {
    const page = openPage();
    await settle(page.messenger.load());
    await settle(page.zendesk.send('of an anonymous visitor'));
    return page;
  }

  it.each([[null, '1'], ['other']])('after a failed request, and setUser() with %j and %j', async (...ids) => {
    const { messenger, zendesk, backend, endpoint } = await startAfterAnonymous();
    endpoint.next.push({ throws: new Error('down') });
    void messenger.setUser('1');
    await pass(500);
    for (const id of ids) void messenger.setUser(id);
    await pass(5000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect(messagesOf(backend, 'user-1')).toEqual(['of an anonymous visitor']);
  });

  it('after a sign-in that failed and was given up', async () => {
    const { messenger, zendesk, endpoint } = await startAfterAnonymous();
    endpoint.instead = { throws: new Error('down') };
    void messenger.setUser('1');
    await pass(30_000);
    await settle(messenger.setUser(null));
    expect(zendesk.visitor).toMatchObject({ kind: 'anonymous' });
  });

  it('after the endpoint has said that nobody is signed in', async () => {
    const { messenger, zendesk, endpoint } = await startAsAda();
    endpoint.instead = { returns: null };
    change(ID, null);
    change(RECORD, null);
    await pass(5000);
    await settle(zendesk.send('hello'));
    const id = localStorage.getItem(ID);
    await settle(messenger.setUser(null));
    await pass(5000);
    expect(localStorage.getItem(ID)).toBe(id);
  });
});

it('Another user is signed in while the failure of the previous one is being explained', async () => {
  const { messenger, zendesk, endpoint } = openPage({ loadDoctor: () => new Promise(() => {}) });
  endpoint.instead = { returns: 'x' };
  void messenger.setUser('1');
  await pass(3000);
  expect(messenger.getSnapshot().status).toBe('signing-in');
  endpoint.instead = undefined;
  endpoint.externalId = 'user-2';
  void messenger.setUser('2');
  await pass(10_000);
  expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
});

describe("A user's fields and tags do not go with an anonymous message", () => {
  it.each(['not a token', 'a refused token', 'an error'])('if the endpoint returns %s from the start', async (what) => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    const answers = { 'not a token': { returns: 'x' }, 'an error': { throws: new Error('down') } };
    endpoint.instead = answers[what as 'an error'] ?? badToken();
    void messenger.setUser('1');
    setFields(messenger, 'of ada');
    await pass(60_000);
    expect(messenger.getSnapshot().status).toBe('failed');
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
  });

  it.each(['login', 'setUser'] as const)('after a refusal and a replaced body, %s', async (how) => {
    const page = await startAsAda(how);
    await refuseTokens(page);
    await replaceBody();
    expect(await settle(page.zendesk.send('second'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(page.backend)).toEqual([]);
  });

  it('after a replaced body, remove() and load()', async () => {
    const { messenger, zendesk, backend } = await startAsAda();
    await replaceBody();
    await settle(messenger.remove());
    await settle(messenger.load());
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });

  it('after remove(), load() and a replaced body', async () => {
    const { messenger, zendesk, backend } = await startAsAda();
    await settle(messenger.remove());
    await settle(messenger.load());
    await replaceBody();
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });

  it('after the endpoint has said that nobody is signed in, and a replaced body', async () => {
    const { messenger, zendesk, backend, endpoint } = await startAsAda('login');
    messenger.zE('messenger:set', 'cookies', 'none');
    await pass(1000);
    endpoint.instead = { returns: null };
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(3000);
    await replaceBody();
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
  });

  it('if they are set after a failed push', async () => {
    const { messenger, zendesk, backend } = openPage({ endpoint: { lifetimeS: 600 } });
    await settle(messenger.setUser('1'));
    backend.answerAlways('login', { status: 503 });
    await pass(600_000);
    setFields(messenger, 'of ada');
    await pass(1000);
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
  });

  it('if they are set after a refusal', async () => {
    const page = openPage();
    await settle(page.messenger.setUser('1'));
    await pass(10_000);
    await refuseTokens(page);
    setFields(page.messenger, 'of ada');
    await pass(1000);
    await settle(page.zendesk.send('second'));
    expect(carried(page.backend)).toEqual([]);
  });

  it('if they are set after a push that Zendesk answered with 409, and are there at the next login', async () => {
    const { messenger, zendesk, backend } = openPage({ endpoint: { lifetimeS: 600 } });
    await settle(messenger.setUser('1'));
    setFields(messenger, 'of ada');
    await pass(1000);
    backend.answerAlways('login', { status: 409 });
    await pass(600_000);
    expect(messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'identity_conflict' } });
    messenger.zE('messenger:set', 'conversationTags', ['of ada']);
    await pass(1000);
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
    backend.answerAlways('login', undefined);
    await settle(messenger.login());
    await settle(zendesk.send('hello again'));
    expect(carried(backend, 'user-1')).toEqual(['of ada', 'of ada']);
  });

  it('after remove(), load(), and a consent that is withdrawn and given', async () => {
    const { messenger, zendesk, backend } = await startAsAda();
    await settle(messenger.remove());
    await settle(messenger.load());
    messenger.zE('messenger:set', 'cookies', 'none');
    await pass(1000);
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(3000);
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });

  it('if they are set while the consent is withdrawn', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    await settle(messenger.login());
    await pass(1000);
    messenger.zE('messenger:set', 'cookies', 'none');
    setFields(messenger, 'of ada');
    endpoint.instead = { returns: null };
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(3000);
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });
});

describe("A user's fields and tags do not reach the next user", () => {
  it('nor an anonymous visitor who writes as soon as the messenger is live', async () => {
    const { messenger, zendesk, backend } = openPage({ options: { consent: 'pending' } });
    void messenger.setUser('1');
    setFields(messenger, 'of ada');
    void messenger.setUser(null);
    messenger.zE(() => void zendesk.send('hello'));
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(5000);
    expect(carried(backend)).toEqual([]);
  });

  it('whose token comes after a refused login of the first one', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    backend.answerNext('login', { status: 401 });
    backend.answerNext('login', { status: 401 });
    backend.answerNext('login', { status: 401 });
    void messenger.setUser('1');
    setFields(messenger, 'of ada');
    await pass(100);
    endpoint.externalId = 'user-2';
    await pass(10_000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    await settle(zendesk.send('hello'));
    expect(carried(backend, 'user-2')).toEqual([]);
  });

  it('if they are on their way when another tab signs out, and the token is then of another user', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    await settle(messenger.login());
    await pass(10_000);
    backend.answerNext('fields', { delayMs: 2000 });
    setFields(messenger, 'of ada');
    await pass(10);
    endpoint.externalId = 'user-2';
    change(ID, null);
    change(RECORD, null);
    const leaks: unknown[] = [];
    zendesk.onChange(() => {
      const { visitor, conversationFields } = zendesk;
      if (visitor.kind === 'user' && visitor.externalId === 'user-2')
        leaks.push(...conversationFields.filter(({ value }) => value !== ''));
    });
    await pass(15_000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(leaks).toEqual([]);
  });

  it('if their call waits for the consent, longer than 10 s', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage({ options: { consent: 'pending' } });
    backend.answerAlways('fields', { delayMs: 1000 });
    void messenger.setUser('1');
    setFields(messenger, 'of ada');
    endpoint.externalId = 'user-2';
    const done = messenger.setUser('2');
    await pass(15_000);
    const leaks: unknown[] = [];
    zendesk.onChange(() => {
      if (zendesk.visitor.kind === 'user')
        leaks.push(...zendesk.conversationFields.filter(({ value }) => value !== ''));
    });
    messenger.zE('messenger:set', 'cookies', 'all');
    expect(await settle(done, 15_000)).toMatchObject({ externalId: 'user-2' });
    await pass(15_000);
    expect(leaks).toEqual([]);
  });
});

it('A sign-in does not wait for a call of a messenger that is gone', async () => {
  const { messenger, backend, endpoint } = openPage();
  await settle(messenger.setUser('1'));
  backend.answerNext('fields', { delayMs: 500 });
  setFields(messenger, 'of ada');
  await pass(10);
  await replaceBody();
  endpoint.externalId = 'user-2';
  expect(await settle(messenger.setUser('2'), 3000)).toMatchObject({ externalId: 'user-2' });
});

it("An anonymous visitor's fields are set after the endpoint has said that nobody is signed in", async () => {
  const { messenger, zendesk, backend, endpoint } = await startAsAda('login');
  messenger.zE('messenger:set', 'cookies', 'none');
  endpoint.instead = { returns: null };
  messenger.zE('messenger:set', 'cookies', 'all');
  await pass(3000);
  setFields(messenger, 'of nobody');
  await pass(3000);
  await settle(zendesk.send('hello'));
  expect(carried(backend)).toEqual(['of nobody', 'of nobody']);
});

it("An anonymous visitor's fields are put back after a replaced body, also after the endpoint's 401", async () => {
  const { messenger, zendesk, backend, endpoint } = openPage();
  endpoint.instead = { returns: null };
  await settle(messenger.setUser('1'));
  setFields(messenger, 'of nobody');
  await replaceBody();
  await settle(zendesk.send('hello'));
  expect(carried(backend)).toEqual(['of nobody', 'of nobody']);
});

it("An anonymous visitor's fields are set after a refused renewal and setUser(null)", async () => {
  const { messenger, zendesk, backend, endpoint } = openPage({ endpoint: { lifetimeS: 600 } });
  await settle(messenger.login());
  setFields(messenger, 'of ada');
  endpoint.instead = badToken();
  await pass(900_000);
  expect(messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
  await settle(messenger.setUser(null));
  setFields(messenger, 'of nobody');
  await pass(1000);
  await settle(zendesk.send('hello'));
  expect(carried(backend)).toEqual(['of nobody', 'of nobody']);
});

it("An anonymous visitor's fields are set after the consent was withdrawn during a sign-out", async () => {
  const { messenger, zendesk, backend } = openPage();
  await settle(messenger.setUser('1'));
  backend.answerAlways('logout', { delayMs: 500 });
  void messenger.setUser(null);
  messenger.zE('messenger:set', 'cookies', 'none');
  await pass(5000);
  messenger.zE('messenger:set', 'cookies', 'all');
  setFields(messenger, 'of nobody');
  await pass(3000);
  await settle(zendesk.send('hello'));
  expect(carried(backend)).toEqual(['of nobody', 'of nobody']);
});

it("A login does not carry another user's identity if the record is that of another channel on the same origin", async () => {
  const { messenger, backend } = openPage();
  localStorage.setItem(OTHER_CHANNEL, 'au-ada');
  localStorage.setItem(ID, 'au-bob');
  localStorage.setItem(RECORD, createRecord({ storedId: 'au-ada' }, 'user-1'));
  await settle(messenger.setUser('1'), 10_000);
  expect(messenger.getSnapshot()).toMatchObject({ status: 'signed-in', externalId: 'user-1' });
  const logins = backend.requests.filter(({ kind }) => kind === 'login');
  expect(logins.map(({ appUserIdOf }) => appUserIdOf)).toEqual([undefined]);
});
