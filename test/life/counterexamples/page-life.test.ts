// @vitest-environment jsdom
// Random lives (test/lives) found these failures: users, removed and replaced messengers. Each test is the shortest way to
// one of them.
import { describe, expect, it, vi } from 'vitest';
import { createRecord } from '../../../src/core/stored-identity.js';
import { KEY, openPage, pass, settle, usePages } from '../start-page.js';
import { change, ID, RECORD } from './visitors.js';

usePages();

/** The site's own tag of Zendesk. */
function insertTag(): HTMLScriptElement {
  const tag = document.createElement('script');
  tag.id = 'ze-snippet';
  tag.src = `https://static.zdassets.com/ekr/snippet.js?key=${KEY}`;
  document.head.append(tag);
  return tag;
}

describe('A visitor who writes at the end of a sign-out', () => {
  it('keeps nothing of the previous user', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    backend.sendsProfile = true;
    endpoint.claims = { name: 'Ada Example' };
    await settle(messenger.login());
    const done = messenger.logout();
    await pass(10);
    void zendesk.send('hello');
    await settle(done);
    expect(zendesk.visitor.kind).toBe('anonymous');
    expect(Object.keys(localStorage).filter((name) => /record|Name|surname/.test(name))).toEqual([]);
    expect(Object.keys(localStorage).filter((name) => /appUserId|sessionToken/.test(name))).toHaveLength(2);
  });
});

describe('A messenger that is created after destroy()', () => {
  it.each([100, 1000])('waits in logout() until the sign-out has ended, after %d ms', async (delayMs) => {
    const { messenger, backend, zendesk, endpoint, another } = openPage();
    await settle(messenger.login());
    messenger.destroy();
    backend.answerAlways('logout', { delayMs });
    const next = another();
    await settle(next.logout());
    expect(zendesk.visitor.kind).toBe('none');
    endpoint.externalId = 'user-2';
    await settle(next.login());
    await pass(2000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-2' });
    expect(backend.breaches).toEqual([]);
  });
});

it('does not sign out the user whom another tab has signed in when setUser() names that user here, too', async () => {
  const types: string[] = [];
  const { messenger, zendesk } = openPage({ options: { onEvent: ({ type }) => types.push(type) } });
  await settle(messenger.setUser(null));
  change(RECORD, createRecord({ storedId: 'au-1' }, 'user-1'));
  change(ID, 'au-1');
  await settle(messenger.setUser('1'));
  expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  expect(types).not.toContain('signed-out');
});

describe('setUser() with the id of the last call', () => {
  it('starts the messenger again after remove()', async () => {
    const { messenger } = openPage();
    await settle(messenger.setUser('1'));
    await settle(messenger.remove());
    expect(await settle(messenger.setUser('1'))).toMatchObject({ status: 'signed-in', live: true });
  });

  it('loads the messenger again for an anonymous visitor after remove()', async () => {
    const { messenger } = openPage();
    await settle(messenger.setUser(null));
    await settle(messenger.remove());
    expect(await settle(messenger.setUser(null))).toMatchObject({ status: 'signed-out', live: true });
  });

  it('signs in again after the endpoint has answered that nobody is signed in', async () => {
    const { messenger, endpoint } = openPage();
    endpoint.next.push({ returns: null });
    expect((await settle(messenger.setUser('1'))).status).toBe('signed-out');
    expect((await settle(messenger.setUser('1'))).status).toBe('signed-in');
  });
});

describe("The page's own tag of Zendesk", () => {
  it('is parked by a consent tool, and remove() leaves it there', async () => {
    const { messenger } = openPage();
    insertTag().type = 'text/plain';
    for (const _ of [1, 2]) {
      void messenger.login();
      await pass(100);
      await settle(messenger.remove());
    }
    void messenger.login();
    await pass(5000);
    expect([...document.scripts].map(({ type }) => type)).toEqual(['text/plain']);
  });

  it('is parked by a consent tool, and nothing waits for it after destroy()', async () => {
    const { messenger } = openPage({ zendesk: { script: 'hangs' } });
    const tag = insertTag();
    tag.type = 'text/plain';
    await pass(10);
    void messenger.login();
    await pass(100);
    messenger.destroy();
    tag.type = '';
    await pass(100);
    expect(Object.getOwnPropertyDescriptor(window, 'zEACLoaded')).toBeUndefined();
  });

  it('has started a messenger that a router has removed before load()', async () => {
    const { messenger, zendesk } = openPage();
    insertTag();
    await pass(1000);
    expect(zendesk.live).toBe(true);
    document.body.replaceWith(document.createElement('body'));
    expect((await settle(messenger.login())).status).toBe('signed-in');
    expect(zendesk.live).toBe(true);
  });

  it('is loading when the site calls remove() and login(): there is one messenger', async () => {
    const { messenger, zendesk } = openPage({ zendesk: { bootDelayMs: 600 } });
    insertTag();
    await pass(10);
    void messenger.remove();
    await settle(messenger.login());
    await pass(2000);
    expect(zendesk.widgets).toBe(1);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
  });
});

describe('A page that is left during a sign-out', () => {
  it('leaves no record behind when the messenger has already deleted its key', async () => {
    const { messenger } = openPage();
    await settle(messenger.login());
    void messenger.logout();
    // The library looks at the key every 50 ms.
    await pass(10);
    const names = () => Object.keys(localStorage).filter((name) => /appUserId|record/.test(name));
    expect(names()).toEqual(['zendesk-messenger-auth:record']);
    messenger.destroy();
    expect(names()).toEqual([]);
  });
});

describe('Conversation fields and tags', () => {
  const setFor = (messenger: { zE: (...args: any[]) => unknown }, value: string) => {
    messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value }]);
    messenger.zE('messenger:set', 'conversationTags', [value]);
  };

  it.each([0, 400])('do not reach an anonymous visitor when the consent is withdrawn after %d ms', async (ms) => {
    const { messenger, zendesk, backend } = openPage();
    await settle(messenger.setUser('1'));
    // They are on their way into the messenger [M 71].
    backend.answerNext('fields', { delayMs: 200 });
    setFor(messenger, 'of ada');
    await pass(ms);
    messenger.zE('messenger:set', 'cookies', 'none');
    await pass(1000);
    expect(zendesk.conversationFields.filter(({ value }) => value !== '')).toEqual([]);
    expect(zendesk.conversationTags).toEqual([]);
    messenger.zE('messenger:set', 'cookies', 'all');
    await pass(3000);
    expect(zendesk.conversationFields).toMatchObject([{ id: '1', value: 'of ada' }]);
    expect(zendesk.conversationTags).toEqual(['of ada']);
  });

  it('of the next user wait for the end of the sign-out', async () => {
    const { messenger, zendesk, backend, endpoint } = openPage();
    await settle(messenger.setUser('1'));
    backend.answerAlways('logout', { delayMs: 1000 });
    endpoint.externalId = 'user-2';
    const done = messenger.setUser('2');
    const onSet = vi.fn();
    messenger.zE('messenger:set', 'conversationFields', [{ id: '1', value: 'of the second' }], onSet);
    messenger.zE('messenger:set', 'conversationTags', ['of the second']);
    await pass(500);
    expect(onSet).toHaveBeenCalledOnce();
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'user-1' });
    expect([zendesk.conversationFields, zendesk.conversationTags]).toEqual([[], []]);
    await settle(done);
    await pass(500);
    expect(zendesk.conversationFields).toMatchObject([{ id: '1', value: 'of the second' }]);
    expect(zendesk.conversationTags).toEqual(['of the second']);
  });

  it('that were set during a sign-out are forgotten if nobody comes', async () => {
    const { messenger, zendesk, backend } = openPage();
    await settle(messenger.setUser('1'));
    backend.answerAlways('logout', { delayMs: 1000 });
    void messenger.setUser('2');
    setFor(messenger, 'of the second');
    await settle(messenger.setUser(null));
    await pass(2000);
    expect(zendesk.conversationFields.filter(({ value }) => value !== '')).toEqual([]);
    expect(zendesk.conversationTags).toEqual([]);
  });
});

describe('A withdrawn consent', () => {
  it('requests no token, although it closes the window', async () => {
    const { messenger, zendesk, endpoint } = openPage();
    await settle(messenger.login());
    zendesk.openWindow();
    await pass(100);
    messenger.zE('messenger:set', 'cookies', 'none');
    expect(endpoint.requests).toHaveLength(1);
  });
});

describe("The page's own tag", () => {
  it('stays when remove() is called before it has run, so there is one widget', async () => {
    const { messenger, zendesk } = openPage({ options: { consent: 'pending' }, zendesk: { bootDelayMs: 100 } });
    void messenger.login();
    insertTag();
    await pass(50);
    await settle(messenger.remove());
    await pass(1000);
    messenger.zE('messenger:set', 'cookies', 'all');
    await settle(messenger.login());
    expect(zendesk.widgets).toBe(1);
  });
});
