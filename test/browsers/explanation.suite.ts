// The built files. The token doctor is a separate file that loads only after a sign-in has failed.
import { describe, expect } from 'vitest';
import type { MessengerAuthError } from '../../src/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { defineCreateMessenger, htmlPage, KEY, LIBRARIES, pageWith, startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

const DOCTOR = { ESM: '/dist/explain.js', IIFE: '/dist/zendesk-messenger-auth.explain.iife.min.js' };
const NONCE = 'cmFuZG9t';
const POLICY =
  `default-src 'none'; connect-src 'self' https://*.zdassets.com https://*.zendesk.com; style-src 'unsafe-inline';
  img-src data:; script-src 'nonce-${NONCE}' https://*.zdassets.com`.replace(/\s+/g, ' ');

const EXPLAINED = {
  code: 'external_id_not_string',
  message: expect.stringMatching(/^Zendesk would refuse the token: external_id is a number, not a string\. /),
  findings: [expect.objectContaining({ code: 'external_id_not_string', severity: 'error', part: 'payload' })],
};
const PLAIN = { code: 'external_id_not_string', message: expect.stringMatching(/^external id not string\. /) };

/** What `login()` rejects with. */
function failure({ run }: Visit) {
  return run(({ messenger }) =>
    messenger.login().then(
      () => 'It did not reject',
      ({ code, message, findings }: MessengerAuthError) => ({ code, message, ...(findings && { findings }) }),
    ),
  );
}

const requestsTo = (visit: Visit, path: string) => visit.urls.filter((url) => url === visit.origin + path);

describeInBrowser('the token doctor', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it('loads once, when login() fails, and leaves nothing in the page', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library));
      expect(await visit.login()).toMatchObject({ status: 'signed-in' });
      await visit.run(async ({ messenger }) => messenger.logout());
      expect(requestsTo(visit, DOCTOR[library])).toEqual([]);

      const left = () => visit.evaluate('[document.scripts.length, Object.keys(window).sort().join()]');
      const before = await left();
      visit.endpoint.claims = { external_id: 7 };
      expect(await failure(visit)).toEqual(EXPLAINED);
      expect(requestsTo(visit, DOCTOR[library])).toHaveLength(1);
      expect(await left()).toEqual(before);
      expect(visit.consoleLines.filter((line) => line.includes('[external_id_not_string]'))).toHaveLength(1);
    });

    it('explains why Zendesk refused a token', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.claims = { scope: undefined };
      await visit.open(pageWith(library));
      expect(await failure(visit)).toMatchObject({
        code: 'invalid_auth',
        message: expect.stringMatching(/^Zendesk refused the token: the payload has no scope\. /),
        findings: [{ code: 'scope_missing' }],
      });
    });

    it('loads with the page’s nonce under a strict Content Security Policy', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.claims = { external_id: 7 };
      await visit.open(pageWith(library, { options: { nonce: NONCE }, nonce: NONCE }), {
        'content-security-policy': POLICY,
      });
      expect(await failure(visit)).toEqual(EXPLAINED);
    });

    it('leaves the error unchanged when its file is missing', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.claims = { external_id: 7 };
      visit.missing.add(DOCTOR[library]);
      await visit.open(pageWith(library));
      expect(await failure(visit)).toEqual(PLAIN);
      expect(requestsTo(visit, DOCTOR[library])).toHaveLength(1);
    });
  });

  it('loads for a script tag that starts by itself', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.claims = { external_id: 7 };
    await visit.open(
      htmlPage(`<script nonce="${NONCE}" src="/dist/zendesk-messenger-auth.iife.min.js"
        data-key="${KEY}" data-token-url="/zendesk-token"></script>`),
      { 'content-security-policy': POLICY },
    );
    await eventually(async () => {
      expect(await visit.evaluate('zendeskMessenger.getSnapshot().error?.findings')).toMatchObject(EXPLAINED.findings);
    });
  });

  it('does not load when the library is inlined into the page', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.claims = { external_id: 7 };
    const library = await (await fetch(`${visit.origin}/dist/zendesk-messenger-auth.iife.min.js`)).text();
    const start = `{ ${defineCreateMessenger('ZendeskMessengerAuth')} ${startMessenger('messenger')} }`;
    await visit.open(htmlPage(`<script>${library.replace(/\/\/# sourceMappingURL.*/, '')}\n${start}</script>`));
    expect(await failure(visit)).toEqual(PLAIN);
  });

  it('leaves the error unchanged when Trusted Types block its file', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.endpoint.claims = { external_id: 7 };
    // Trusted Types block Zendesk's snippet, too, but the token's defect is found before that.
    await visit.open(
      pageWith('IIFE', { before: `<script id="ze-snippet" src="/fake/snippet.js?key=${KEY}"></script>` }),
      {
        'content-security-policy': "require-trusted-types-for 'script'",
      },
    );
    expect(await failure(visit)).toEqual(PLAIN);
    expect(requestsTo(visit, DOCTOR.IIFE)).toEqual([]);
  });
});
