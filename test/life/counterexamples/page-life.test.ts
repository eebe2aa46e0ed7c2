// @vitest-environment jsdom
// Random lives (test/lives) found these failures: users, removed and replaced messengers. Each test is the shortest way to
// one of them.
import { describe, expect, it } from 'vitest';
import { KEY, openPage, pass, settle, usePages } from '../start-page.js';

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
