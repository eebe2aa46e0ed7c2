import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { LIBRARIES, pageWith } from './pages.js';
import { eventually } from './visit.js';

describeInBrowser('who is signed in', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it('is the next user when a renewal returns a token for another user', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      // Long enough that the first token has not expired when its user is signed out: a server hears nobody without one.
      visit.endpoint.lifetimeS = 20;
      await visit.open(pageWith(library));
      await visit.login();
      expect(await visit.send('of the first')).toEqual({ sentAs: 'user', externalId: 'user-1' });
      Object.assign(visit.endpoint, { externalId: 'user-2', lifetimeS: 300 });
      await eventually(async () => expect((await visit.snapshot()).externalId).toBe('user-2'));
      expect(await visit.send('of the second')).toEqual({ sentAs: 'user', externalId: 'user-2' });
      // The first one's sign-out may arrive after the message.
      await eventually(() =>
        expect(visit.backend.visitors).toMatchObject([
          { externalId: 'user-1', signedIn: false, messages: [{ text: 'of the first' }] },
          { externalId: 'user-2', signedIn: true, messages: [{ text: 'of the second' }] },
        ]),
      );
    });

    it('is the next user after a sign-out and a sign-in', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      await visit.login();
      await visit.send('of the first');
      await visit.run(({ messenger }) => messenger.logout());
      await eventually(() => expect(visit.backend.user('user-1')?.signedIn).toBe(false));
      visit.endpoint.externalId = 'user-2';
      expect(await visit.login()).toEqual({ status: 'signed-in', externalId: 'user-2' });
      expect(await visit.send('of the second')).toEqual({ sentAs: 'user', externalId: 'user-2' });
      expect(visit.backend.visitors).toMatchObject([
        { externalId: 'user-1', messages: [{ text: 'of the first' }] },
        { externalId: 'user-2', messages: [{ text: 'of the second' }] },
      ]);
    });

    it('is nobody after a sign-out during the token request', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      let release = () => {};
      visit.endpoint.isReleased = new Promise<void>((resolve) => (release = resolve));
      await visit.open(pageWith(library));
      // In WebKit, a window does one thing at a time, so nothing may wait for the login.
      await visit.evaluate('void (window.signIn = messenger.login())');
      await eventually(() => expect(visit.endpoint.requests).toHaveLength(1));
      await visit.run(({ messenger }) => messenger.logout());
      expect(await visit.evaluate('signIn')).toMatchObject({ status: 'signed-out' });
      // The request ends at once, and what the endpoint made for it goes nowhere.
      await eventually(() => expect(visit.endpoint.requests).toMatchObject([{ isAborted: true }]));
      release();
      await eventually(() => expect(visit.endpoint.tokens).toHaveLength(1));
      await eventually(() => visit.run(({ fakeZendeskMessenger }) => void fakeZendeskMessenger.openWindow()));
      expect(await visit.send('hello')).toEqual({ sentAs: 'anonymous' });
      expect(visit.zendeskRequests('login')).toEqual([]);
      expect(await visit.snapshot()).toMatchObject({ status: 'signed-out', live: true });
    });

    it('is nobody when the endpoint answers 401', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.status = 401;
      await visit.open(pageWith(library));
      expect(await visit.login()).toEqual({ status: 'signed-out', externalId: undefined });
      expect(await visit.send('hello')).toEqual({ sentAs: 'anonymous' });
      expect(visit.zendeskRequests('login', 'logout')).toEqual([]);
    });
  });
});
