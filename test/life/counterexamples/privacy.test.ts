// @vitest-environment jsdom
// A reader of the code has found these ways to get something of a user to somebody else, or to leave it behind.
import { describe, expect, it, vi } from 'vitest';
import { createRecord } from '../../../src/core/stored-identity.js';
import { FAKE_ACCOUNT, signToken } from '../../../src/testing/index.js';
import { mint, openPage, pass, settle, signInPage, usePages } from '../start-page.js';
import { carried, change, ID, RECORD, setFields } from './visitors.js';

const GIVEN_NAME = ID.replace('appUserId', 'givenName');

usePages();

describe('A token from before another tab has changed the identity', () => {
  function signInSlowly(times: { bootDelayMs?: number; delayMs?: number }) {
    localStorage.setItem(ID, 'au-1');
    localStorage.setItem(RECORD, createRecord({ storedId: 'au-1' }, 'user-1'));
    const { bootDelayMs, delayMs = 50 } = times;
    const page = openPage({ zendesk: bootDelayMs ? { bootDelayMs } : {}, endpoint: { delayMs } });
    void page.messenger.setUser('1');
    return page;
  }

  it.each([{ bootDelayMs: 1000 }, { delayMs: 1000 }])('is not used after a sign-out there: %o', async (times) => {
    const { messenger, zendesk, endpoint } = signInSlowly(times);
    await pass(300);
    endpoint.instead = { returns: null };
    change(ID, null);
    change(RECORD, null);
    await pass(5000);
    expect(messenger.getSnapshot().status).toBe('signed-out');
    expect(zendesk.visitor.kind).not.toBe('user');
  });

  it('is not used after the sign-in of another user there', async () => {
    const { zendesk, endpoint } = signInSlowly({ bootDelayMs: 1000 });
    await pass(300);
    endpoint.externalId = 'user-2';
    change(RECORD, createRecord({ storedId: 'au-2' }, 'user-2'));
    change(ID, 'au-2');
    await pass(5000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
  });
});

describe("A user's fields and tags", () => {
  it.each(['B25', 'B26'] as const)('do not go with the message after a refusal, build %s', async (build) => {
    const { messenger, zendesk, backend, endpoint } = await signInPage({ build });
    setFields(messenger, 'of ada');
    await pass(10_000);
    backend.revokeAll();
    // The endpoint signs with a key that has been deleted.
    const iat = Math.floor(Date.now() / 1000);
    const claims = { scope: 'user', external_id: 'user-1', iat, exp: iat + 3600 };
    endpoint.instead = { returns: signToken(claims, { ...FAKE_ACCOUNT, secret: 'x'.repeat(64) }) };
    await settle(zendesk.send('first'));
    await pass(60_000);
    expect(messenger.getSnapshot()).toMatchObject({ status: 'failed', error: { code: 'invalid_auth' } });
    expect(await settle(zendesk.send('second'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
  });

  it('do not go with the message after a failed push', async () => {
    const { messenger, zendesk, backend } = await signInPage({ endpoint: { lifetimeS: 600 } });
    setFields(messenger, 'of ada');
    await pass(1000);
    backend.answerAlways('login', { status: 503 });
    await pass(600_000);
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
    expect(carried(backend)).toEqual([]);
  });

  it('do not go with the message of a visitor who turns out to be nobody', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    endpoint.instead = { returns: null };
    const done = messenger.setUser('1');
    setFields(messenger, 'of ada');
    await settle(done);
    await pass(1000);
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });

  it('do not go with the message of nobody if the consent is withdrawn during a change of users', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    await settle(messenger.setUser('1'));
    backend.answerAlways('logout', { delayMs: 1000 });
    endpoint.externalId = 'user-2';
    void messenger.setUser('2');
    setFields(messenger, 'of the second');
    await pass(100);
    messenger.zE('messenger:set', 'cookies', 'none');
    await pass(3000);
    expect(zendesk.conversationTags).toEqual([]);
    endpoint.instead = { returns: null };
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(3000);
    await settle(zendesk.send('hello'));
    expect(carried(backend)).toEqual([]);
  });

  it('that arrive late are emptied before the next user is there [M 73]', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    await settle(messenger.setUser('1'));
    // Those of ada, the call that empties them too early, and the call that empties them.
    for (const delayMs of [2000, 0, 2000]) backend.answerNext('fields', { delayMs });
    setFields(messenger, 'of ada');
    await pass(10);
    endpoint.externalId = 'user-2';
    const fieldsAtSignIn = messenger.setUser('2').then(() => zendesk.conversationFields);
    expect((await settle(fieldsAtSignIn, 8000)).filter(({ value }) => value !== '')).toEqual([]);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
  });

  it('that arrive late do not cancel the sign-in of the next user [M 57]', async () => {
    const { messenger, backend, endpoint } = openPage();
    await settle(messenger.setUser('1'));
    backend.answerNext('fields', { delayMs: 11_000 });
    backend.answerAlways('login', { delayMs: 1000 });
    setFields(messenger, 'of ada');
    await pass(10);
    endpoint.externalId = 'user-2';
    expect(await settle(messenger.setUser('2'), 13_000)).toMatchObject({ status: 'signed-in', externalId: 'user-2' });
  });
});

describe('A page', () => {
  it('that comes back from the back/forward cache after a sign-out elsewhere does not write as the user [M 54]', async () => {
    const { zendesk, endpoint } = await signInPage();
    endpoint.delayMs = 3000;
    endpoint.instead = { returns: null };
    localStorage.clear();
    window.dispatchEvent(new Event('pageshow'));
    await pass(100);
    expect(await settle(zendesk.send('hello'))).toEqual({ sentAs: 'anonymous' });
  });

  it('that has only called logout() leaves nothing behind [M 56]', async () => {
    const { messenger, another, backend } = openPage();
    await settle(messenger.login());
    messenger.destroy();
    backend.answerAlways('logout', { delayMs: 1000 });
    void another().logout();
    await pass(100);
    expect(localStorage.getItem(ID)).not.toBeNull();
    window.dispatchEvent(new Event('pagehide'));
    expect([localStorage.getItem(ID), localStorage.getItem(RECORD)]).toEqual([null, null]);
  });

  it('whose messenger already has an anonymous visitor keeps that one, and nothing of the user', async () => {
    const { messenger, backend } = openPage();
    await settle(messenger.login());
    localStorage.setItem(GIVEN_NAME, 'Ada');
    backend.answerAlways('logout', { delayMs: 1000 });
    void messenger.logout();
    await pass(30);
    localStorage.setItem(ID, 'au-anonymous');
    messenger.destroy();
    expect([localStorage.getItem(GIVEN_NAME), localStorage.getItem(RECORD)]).toEqual([null, null]);
    expect(localStorage.getItem(ID)).toBe('au-anonymous');
  });
});

describe('The consent', () => {
  it.each([undefined, null, 'denied', 0])('does not come with %s', async (value) => {
    const { messenger, endpoint } = openPage({ options: { consent: 'pending' } });
    void messenger.login();
    (messenger as { zE: (...args: unknown[]) => unknown }).zE('messenger:set', 'cookies', value);
    await pass(2000);
    expect(endpoint.requests).toEqual([]);
  });
});

describe('loginUser through the handle', () => {
  it('signs the previous user out first, as login() does', async () => {
    const { messenger, zendesk, backend, endpoint } = await signInPage();
    endpoint.externalId = 'user-2';
    messenger.zE.unsafe('messenger', 'loginUser', (answer: (token: string) => void) => answer(mint(endpoint)));
    await pass(3_600_000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(backend.breaches).toEqual([]);
  });

  it('says once on the console that the library calls it, and calls neither callback', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const { messenger, zendesk } = await signInPage();
    const callback = vi.fn();
    for (const { zE } of [messenger, { zE: messenger.zE.unsafe }])
      Reflect.apply(zE, undefined, ['messenger', 'loginUser', callback, callback]);
    await pass(60_000);
    expect(vi.mocked(console.warn).mock.calls).toEqual([
      ['zendesk-messenger-auth:', 'The library calls loginUser. Call login() or setUser() instead.'],
    ]);
    expect(callback).not.toHaveBeenCalled();
    expect(zendesk.visitor.kind).toBe('user');
  });
});
