import { expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { LIBRARIES, pageWith, SHORT_S } from './pages.js';
import { eventually, type Visit } from './visit.js';

const E_MAIL = 'ada@example.com';

describeInBrowser('what is kept secret', () => {
  it.for(LIBRARIES)('no part of a token stays in the page, %s file', async (library, { visit: openVisit }) => {
    const visit = await openVisit();
    Object.assign(visit.endpoint, { lifetimeS: SHORT_S, claims: { email: E_MAIL, email_verified: true, name: 'Ada' } });
    await visit.open(pageWith(library));
    await visit.login();
    await eventually(() => expect(visit.zendeskRequests('login').length).toBeGreaterThanOrEqual(2));
    visit.backend.revokeAll();
    await visit.send('hello');
    visit.backend.answerAlways('login', { status: 401 });
    await visit.run(({ messenger }) => messenger.logout());
    expect(await visit.login()).toEqual({ code: 'invalid_auth' });
    visit.backend.answerAlways('login', undefined);
    await visit.login();
    // Whatever could tell of it has told.
    expect(visit.consoleLines.join()).toContain('[invalid_auth]');
    expect(visit.endpoint.tokens.length).toBeGreaterThan(4);

    const seen = JSON.stringify(await lookAround(visit));
    expect(seen).toContain('"zendesk-messenger-auth:token-refused"');
    const secrets = visit.endpoint.tokens.flatMap((token) => token.split('.').slice(1));
    expect([...secrets, E_MAIL].filter((secret) => seen.includes(secret))).toEqual([]);
  });
});

async function lookAround({ run, evaluate, consoleLines, urls, cookies }: Visit): Promise<unknown> {
  const left = await run(
    ({ document, localStorage, sessionStorage, location, history, performance, events, messenger }) => ({
      html: document.documentElement.outerHTML,
      storage: [localStorage, sessionStorage].map((storage) => Object.entries(storage)),
      address: [location.href, history.state],
      timeline: performance.getEntries().map((entry) => entry.toJSON() as unknown),
      events,
      snapshot: messenger.getSnapshot(),
    }),
  );
  const databases = await evaluate('indexedDB.databases()');
  return { ...left, databases, consoleLines, urls, cookies: await cookies() };
}
