import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { LIBRARIES, pageWith, SHORT_S } from './pages.js';
import { eventually, untilExpired, type Visit } from './visit.js';

const AS_USER = { sentAs: 'user', externalId: 'user-1' };

const countAccepted = ({ run }: Visit) =>
  run(({ events }) => events.filter(({ type }) => type === 'login-accepted').length);

describeInBrowser('staying signed in', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it('renews three times while the visitor writes, and Zendesk never sees an expired token', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit();
      visit.endpoint.lifetimeS = SHORT_S;
      await visit.open(pageWith(library));
      await visit.login();
      let sent = 0;
      await eventually(async () => {
        expect(await visit.send(`message ${++sent}`)).toEqual(AS_USER);
        expect(visit.zendeskRequests('login').length).toBeGreaterThanOrEqual(4);
      });
      // A fifth may be on its way.
      expect(visit.endpoint.tokens.length - visit.zendeskRequests('login').length).toBeLessThanOrEqual(1);
      expect(visit.backend.requests.filter(({ status }) => status !== 200 && status !== 201)).toEqual([]);
      expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1' }]);
      expect(visit.backend.user('user-1')?.messages).toHaveLength(sent);
    });

    it('answers a refusal in a running session with a fresh token', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      await visit.login();
      // The list of messages is read after a sign-in. While that is under way, it would be the one to ask.
      await eventually(() => expect(visit.zendeskRequests('conversations')).toEqual(['conversations 200']));
      visit.backend.revoke(visit.endpoint.tokens[0]!);
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(visit.zendeskRequests('send')).toEqual(['send 401', 'send 201']);
      expect(visit.endpoint.tokens).toHaveLength(2);
      expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1', messages: [{ text: 'hello' }] }]);
    });

    it('lets a token expire in a hidden tab, and renews it when the tab is visible again', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit();
      // As it was seen: the messenger could not even ask about an expired token [M 30].
      visit.backend.withoutCors = true;
      visit.endpoint.lifetimeS = SHORT_S;
      await visit.open(pageWith(library));
      await visit.login();
      const comeBack = await visit.hide();
      const before = visit.endpoint.requests.length;
      await untilExpired(visit.endpoint.tokens.at(-1)!);
      expect(visit.endpoint.requests).toHaveLength(before);
      visit.endpoint.lifetimeS = 300;
      await comeBack();
      await eventually(() => expect(visit.zendeskRequests('login')).toHaveLength(before + 1));
      // Until the page has got the answer, too, the messenger goes on with what it had.
      await eventually(async () => expect(await countAccepted(visit)).toBe(before + 1));
      expect(await visit.send('hello')).toEqual(AS_USER);
      expect(visit.endpoint.requests).toHaveLength(before + 1);
      expect(visit.zendeskRequests('send', 'visitor')).toEqual(['send 201']);
    });
  });

  it('keeps a visitor signed in who writes in the moment of the return', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.lifetimeS = SHORT_S;
    await visit.open(pageWith('ESM'));
    await visit.login();
    const comeBack = await visit.hide();
    await untilExpired(visit.endpoint.tokens.at(-1)!);
    visit.endpoint.lifetimeS = 300;
    await visit.run((window) => {
      const onReturn = () => Object.assign(window, { result: window.fakeZendeskMessenger.send('I am back') });
      window.addEventListener('visibilitychange', onReturn, { capture: true, once: true });
    });
    await comeBack();
    expect(await visit.evaluate('result')).toEqual(AS_USER);
    expect(visit.zendeskRequests('send')).toContain('send 401');
    expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1', messages: [{ text: 'I am back' }] }]);
  });
});
