// @vitest-environment jsdom
// Whole page visits with the Web Widget (Classic).
import { describe, expect, it, vi } from 'vitest';
import { createFakeBackend } from '../../src/testing/index.js';
import { insertTag, install, page, pass, useFakePage, zE } from '../testing/start-messenger.js';
import { ADA, BOB, create, NOBODY, sign, startClassic, useClassicPages } from './start-classic.js';

useFakePage();
useClassicPages();

describe('when the widget starts', () => {
  it('signs the visitor in to both products, with one request for each', async () => {
    const { widget, products, errors } = await startClassic();
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
    expect(products()).toEqual(['chat', 'helpCenter']);
    expect(errors).toEqual([]);
  });

  it.each(['chat', 'helpCenter'] as const)('signs in to %s only, if the site wants only that', async (product) => {
    const { widget, products } = await startClassic({ products: [product] });
    expect({ ...widget.classicUsers }).toEqual({ ...NOBODY, [product]: ADA });
    expect(products()).toEqual([product]);
  });

  it('signs in to the chat by default', async () => {
    const { products } = await startClassic({ products: undefined });
    expect(products()).toEqual(['chat']);
  });

  it('keeps the other settings of the page', async () => {
    const chat = { connectOnPageLoad: false };
    const authenticate = { chat: { other: 1 } };
    Object.assign(page, { zESettings: { analytics: false, webWidget: { chat, authenticate } } });
    const settings = page.zESettings;
    const { widget } = await startClassic();
    expect(page.zESettings).toBe(settings);
    expect(page.zESettings).toMatchObject({
      analytics: false,
      webWidget: { chat, authenticate: { chat: { other: 1 } } },
    });
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
  });

  it('leaves the visitor anonymous if nobody is signed in to the site, without an error', async () => {
    const { widget, errors, backend } = await startClassic({}, { user: null });
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(errors).toEqual([]);
    expect(backend.requests.map(({ kind }) => kind)).toEqual(['compose']);
  });

  it('does not end the chat of an anonymous visitor', async () => {
    const { widget } = await startClassic({}, { user: null, delayMs: 200 });
    widget.openWindow();
    await pass(500);
    expect(widget.isOpen).toBe(true);
  });
});

describe('each question of the widget', () => {
  it('gets a new token', async () => {
    const { products } = await startClassic();
    zE('webWidget', 'chat:reauthenticate');
    await pass(100);
    expect(products()).toEqual(['chat', 'helpCenter', 'chat']);
  });

  it('shares the request that is pending for the same product', async () => {
    const { site, products, widget } = await startClassic({}, { delayMs: 500 });
    zE('webWidget', 'chat:reauthenticate');
    zE('webWidget', 'helpCenter:reauthenticate');
    expect(products()).toEqual(['chat', 'helpCenter']);
    await pass(1000);
    expect(site.requests).toHaveLength(2);
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
  });
});

describe('reauthenticate()', () => {
  it('signs in a user who has signed in to the site without a page load', async () => {
    const { site, auth, widget } = await startClassic({}, { user: null });
    site.user = 'bob';
    auth.reauthenticate();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual({ chat: BOB, helpCenter: BOB });
  });

  it('uses no token that was requested before it', async () => {
    const { site, auth, widget } = await startClassic({}, { delayMs: 500 });
    site.user = 'bob';
    auth.reauthenticate();
    expect(site.requests.map(({ signal }) => signal.aborted)).toEqual([true, true, false, false]);
    await pass(2000);
    expect({ ...widget.classicUsers }).toEqual({ chat: BOB, helpCenter: BOB });
  });

  it('signs another user in after logout()', async () => {
    const { site, auth, widget } = await startClassic();
    auth.logout();
    site.user = 'bob';
    auth.reauthenticate();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual({ chat: BOB, helpCenter: BOB });
  });

  it('does nothing before the widget has started, which then asks once', async () => {
    const getToken = vi.fn(async ({ product }: { product: 'chat' | 'helpCenter' }) => sign(product));
    const auth = create({ getToken });
    install(createFakeBackend({ build: 'classic' }));
    insertTag();
    auth.reauthenticate();
    await pass(100);
    expect(getToken).toHaveBeenCalledTimes(1);
  });
});

describe('logout()', () => {
  it('signs out of both products', async () => {
    const { auth, widget, products } = await startClassic();
    auth.logout();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(products()).toHaveLength(2);
  });

  it('hands over no token that arrives afterwards', async () => {
    const { site, auth, widget, errors } = await startClassic({}, { delayMs: 500 });
    auth.logout();
    await pass(2000);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(site.requests.every(({ signal }) => signal.aborted)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('hands over no token that has arrived at the same moment', async () => {
    const arrivals: ((token: string) => void)[] = [];
    const getToken = () => new Promise<string>((resolve) => void arrivals.push(resolve));
    const { auth, widget } = await startClassic({ products: ['chat'], getToken });
    arrivals[0]!(sign('chat'));
    // The token goes through a few microtasks. A sign-out in any of them wins.
    for (let turn = 0; turn < 3; turn++) await Promise.resolve();
    auth.logout();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
  });
});

describe('after logout()', () => {
  it('the widget gets no token when it starts, although the session of the site has not ended yet', async () => {
    const auth = create({ products: ['chat', 'helpCenter'], getToken: async ({ product }) => sign(product) });
    auth.logout();
    const widget = install(createFakeBackend({ build: 'classic' }));
    insertTag();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
  });

  it('the user of an earlier page is signed out, too', async () => {
    const first = await startClassic();
    first.auth.destroy();
    first.widget.uninstall();
    const auth = create({ products: ['chat', 'helpCenter'], getToken: async ({ product }) => sign(product) });
    auth.logout();
    const widget = install(first.backend);
    insertTag();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
  });
});

// The widget does not cancel its own requests.
it('a user whom the widget signs in after logout() is signed out on the next page', async () => {
  const backend = createFakeBackend({ build: 'classic' });
  backend.answerAlways('help-center-login', { delayMs: 1000 });
  const first = await startClassic({}, {}, backend);
  first.auth.logout();
  await pass(2000);
  expect(first.widget.classicUsers.helpCenter).toEqual(ADA);
  first.auth.destroy();
  first.widget.uninstall();
  const second = await startClassic({}, { user: null }, backend);
  expect({ ...second.widget.classicUsers }).toEqual(NOBODY);
});

describe('a user who was signed in before', () => {
  it('is signed out on the next page if nobody is signed in to the site: the help center has a session', async () => {
    const first = await startClassic();
    first.auth.destroy();
    first.widget.uninstall();
    const { widget } = await startClassic({}, { user: null }, first.backend);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
  });

  it('is replaced on the next page by another user', async () => {
    const first = await startClassic();
    first.auth.destroy();
    first.widget.uninstall();
    const { widget } = await startClassic({}, { user: 'bob' }, first.backend);
    expect({ ...widget.classicUsers }).toEqual({ chat: BOB, helpCenter: BOB });
  });

  it('is signed out on this page when the endpoint says so', async () => {
    const { site, auth, widget } = await startClassic();
    site.user = null;
    auth.reauthenticate();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
  });

  it('stays in the chat if only the help center is not for this user', async () => {
    const instead = (product: string) => (product === 'chat' ? sign('chat') : null);
    const { widget } = await startClassic({}, { instead });
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: undefined });
  });

  it('leaves only a list of products in the storage', async () => {
    await startClassic();
    expect(localStorage.getItem('zendesk-messenger-auth:classic')).toBe(' chat helpCenter');
  });
});

describe('on a page where the widget is already running', () => {
  async function startLate(user: string | null, backend = createFakeBackend({ build: 'classic' })) {
    const widget = install(backend);
    insertTag();
    await pass(100);
    widget.openWindow();
    const getToken = vi.fn(async ({ product }: { product: 'chat' | 'helpCenter' }) => user && sign(product, user));
    create({ products: ['chat', 'helpCenter'], getToken });
    await pass(100);
    return { widget, getToken };
  }

  it('signs the visitor in', async () => {
    const { widget } = await startLate('ada');
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
  });

  // The help center still has ada's session.
  it.each<[user: string | null, users: object]>([
    ['bob', { chat: BOB, helpCenter: BOB }],
    [null, NOBODY],
  ])('signs out the user of an earlier page, if %s is signed in to the site', async (user, users) => {
    const first = await startClassic();
    first.auth.destroy();
    first.widget.uninstall();
    const { widget } = await startLate(user, first.backend);
    expect({ ...widget.classicUsers }).toEqual(users);
  });

  it('leaves an anonymous visitor alone', async () => {
    const { widget, getToken } = await startLate(null);
    expect(getToken).toHaveBeenCalledTimes(2);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(widget.isOpen).toBe(true);
  });
});

describe('on a page with the messenger', () => {
  it('says so although it was called before the snippet, as it should be', async () => {
    const { errors } = await startClassic({}, {}, createFakeBackend());
    await pass(10_000);
    expect(errors.map(({ message }) => message)).toEqual([
      'The page has the messenger. Use createMessenger. [messenger_widget]',
    ]);
  });

  it('says nothing after destroy()', async () => {
    const { errors, auth } = await startClassic({}, {}, createFakeBackend());
    auth.destroy();
    await pass(10_000);
    expect(errors).toEqual([]);
  });

  it('says so, and the messenger never asks', async () => {
    const { site, auth, errors, widget } = await startClassic({}, {}, createFakeBackend());
    expect(site.requests).toEqual([]);
    auth.reauthenticate();
    auth.logout();
    create({ tokenUrl: '/token', onError: (error) => void errors.push(error) });
    expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('messenger_widget'));
    expect(widget.live).toBe(true);
  });
});

describe('destroy()', () => {
  it('ends the requests, and the widget gets nothing any more', async () => {
    const { site, auth, widget, errors, products } = await startClassic({}, { delayMs: 500 });
    auth.destroy();
    expect(site.requests.every(({ signal }) => signal.aborted)).toBe(true);
    await pass(1000);
    zE('webWidget', 'chat:reauthenticate');
    auth.reauthenticate();
    auth.logout();
    await pass(1000);
    expect({ ...widget.classicUsers }).toEqual(NOBODY);
    expect(products()).toHaveLength(2);
    expect(errors).toEqual([]);
  });

  it('signs nobody out', async () => {
    const { auth, widget } = await startClassic();
    auth.destroy();
    auth.logout();
    await pass(100);
    expect({ ...widget.classicUsers }).toEqual({ chat: ADA, helpCenter: ADA });
  });
});

it('goes on if a wrapped zE throws, and if a callback of the site does', async () => {
  const onError = () => {
    throw new Error('from the site');
  };
  const { site, auth, widget } = await startClassic({ onError });
  site.instead = () => 5;
  zE('webWidget', 'chat:reauthenticate');
  await pass(100);
  expect(console.error).toHaveBeenCalledWith('zendesk-messenger-auth:', new Error('from the site'));
  const { zE: live } = page;
  page.zE = Object.assign(() => void expect.unreachable(), { widget: 'classic' as const });
  expect(() => auth.reauthenticate()).not.toThrow();
  page.zE = live!;
  expect(widget.live).toBe(true);
});
