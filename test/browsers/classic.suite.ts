// The Web Widget (Classic) with the built file of this entry.
import { expect } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY } from './pages.js';
import { eventually, type Visit } from './visit.js';

const SRC = `https://static.zdassets.com/ekr/snippet.js?key=${KEY}`;
const E_MAIL = 'ada@shop.example';

/** Creates the library's part, and then inserts Zendesk's tag, as the documentation says. */
const PAGE = htmlPage(`<script type="module">
  import { createClassicAuth } from '/dist/classic.js';
  window.errors = [];
  window.auth = createClassicAuth({ tokenUrl: '/zendesk-token', onError: ({ message }) => window.errors.push(message) });
  const tag = document.createElement('script');
  tag.id = 'ze-snippet';
  tag.src = '${SRC}';
  document.head.append(tag);
</script>`);

/** Answers with a token for the chat of this user. `nobody`: 204. */
function signInToSite({ endpoint }: Visit, user: string, claims: object = {}): void {
  endpoint.answer = (outgoing) => {
    if (user === 'nobody') return void outgoing.writeHead(204).end();
    const iat = Math.floor(Date.now() / 1000);
    const all = { name: user, email: E_MAIL, external_id: user, iat, exp: iat + 300, ...claims };
    outgoing.end(signToken(all, { secret: FAKE_ACCOUNT.chatSecret }));
  };
}

const chatUser = ({ evaluate }: Visit) =>
  evaluate('window.fakeZendeskMessenger?.classicUsers.chat?.externalId ?? null');
const expectUser = (visit: Visit, user: string | null) =>
  eventually(async () => expect(await chatUser(visit)).toBe(user));

describeInBrowser('the Web Widget (Classic)', () => {
  it('gets a token when it starts, after reauthenticate(), and none after logout()', async ({ visit: openVisit }) => {
    const visit = await openVisit('classic');
    signInToSite(visit, 'ada');
    await visit.open(PAGE);
    await expectUser(visit, 'ada');
    await visit.evaluate('auth.logout()');
    expect(await chatUser(visit)).toBeNull();
    signInToSite(visit, 'bob');
    await visit.evaluate('auth.reauthenticate()');
    await expectUser(visit, 'bob');
    expect(visit.zendeskRequests('chat-login')).toEqual(['chat-login 200', 'chat-login 200']);
    expect(await visit.evaluate('errors')).toEqual([]);
  });

  it('signs nobody in if nobody is signed in to the site', async ({ visit: openVisit }) => {
    const visit = await openVisit('classic');
    signInToSite(visit, 'nobody');
    await visit.open(PAGE);
    await eventually(async () => expect(await visit.evaluate('window.zE?.widget')).toBe('classic'));
    await visit.evaluate(`fetch('/').then((response) => response.text())`);
    expect(visit.zendeskRequests('chat-login')).toEqual([]);
    expect(await visit.evaluate('errors')).toEqual([]);
  });

  it('never gets a token for messaging, and the page says so without any part of it', async ({ visit: openVisit }) => {
    const visit = await openVisit('classic');
    signInToSite(visit, 'ada', { scope: 'user' });
    await visit.open(PAGE);
    await eventually(async () =>
      expect(await visit.evaluate('window.errors')).toEqual([
        'The token is for messaging (chat). Use the secret of this product, no kid, no scope. [messaging_token]',
      ]),
    );
    expect(visit.zendeskRequests('chat-login')).toEqual([]);
  });
});
