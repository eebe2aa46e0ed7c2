// What a browser shows beside the page: after every kind of failure, nothing of a token or an e-mail address is in it.
import { expect } from 'vitest';
import { FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { findSecrets } from '../marks.js';
import { describeInBrowser, it } from './in-browser.js';
import { LIBRARIES, pageWith } from './pages.js';
import type { Visit } from './visit.js';

const E_MAIL = 'ada.zq7x.lovelace@mail-w4k.example';
const NAME = 'Augusta Zq81xw King Kv72';
const nowS = Math.floor(Date.now() / 1000);
let signed = 0;

const sign = (claims: Record<string, unknown> = {}) => {
  const all = {
    scope: 'user',
    external_id: 'user-1',
    iat: nowS,
    exp: nowS + 900,
    email: E_MAIL,
    name: NAME,
    ...claims,
  };
  return signToken({ ...all, jti: `${signed++}` }, FAKE_ACCOUNT);
};

/** A token for another system, which the library does not take out of a longer answer. */
const signForOther = () => sign({ scope: 'openid email' });

/** What the endpoint answers, a status of Zendesk's login, and the code in which it must end. */
type Path = readonly [code: string, answer: (token: string) => string, status?: number, zendesk?: number];
const PATHS: readonly Path[] = [
  ['token_malformed', () => `'${signForOther()}'`],
  ['token_malformed', () => `Bearer ${signForOther()}`],
  ['token_malformed', () => `<!doctype html><title>${E_MAIL}</title>${signForOther()}`],
  ['token_malformed', () => `{"token":"${signForOther()}","of":"${E_MAIL}`],
  ['token_not_string', () => JSON.stringify({ token: { token: signForOther() } })],
  ['token_malformed', () => JSON.stringify({ data: signForOther(), of: E_MAIL })],
  ['external_id_not_string', () => sign({ external_id: [E_MAIL] })],
  ['exp_invalid', () => sign({ exp: E_MAIL })],
  ['token_expired', () => sign({ iat: nowS - 9000, exp: nowS - 5000 })],
  ['token_rejected', (token) => `${token} of ${E_MAIL}`, 404],
  // The first of these: too many requests that follow a refusal are not made.
  ['identity_conflict', (token) => token, 200, 409],
  ['invalid_auth', (token) => token, 200, 401],
];

// The site's endpoint, where a test can put what it answers.
const ENDPOINT = `<script>{
  const { fetch } = window;
  window.fetch = async (url, init) =>
    url === location.origin + '/zendesk-token' ? new Response(answer.text, { status: answer.status }) : fetch(url, init);
}</script>`;

describeInBrowser('a failure', () => {
  it.for(LIBRARIES)(
    'leaves no part of a token anywhere that the browser shows, %s file',
    async (library, { visit: openVisit }) => {
      const visit = await openVisit();
      await visit.open(pageWith(library, { before: ENDPOINT }));
      const answers: string[] = [];
      const told: unknown[] = [];
      for (const [code, makeAnswer, status = 200, zendesk] of PATHS) {
        const text = makeAnswer(sign());
        answers.push(text);
        visit.backend.answerAlways(
          'login',
          zendesk ? { status: zendesk, description: `${text} of ${E_MAIL}` } : undefined,
        );
        const error = await visit.run(
          async ({ messenger, document, performance }, answer) => {
            Object.assign(window, { answer });
            const error: any = await messenger.login().catch((failure: unknown) => failure);
            await messenger.logout();
            const { code, name, message, stack, remedy, reason, findings, cause } = error;
            const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
              [...element.attributes].map((attribute) => attribute.value),
            );
            const entries = performance.getEntries().map((entry) => JSON.stringify(entry));
            return {
              code,
              name,
              message,
              stack,
              remedy,
              reason,
              findings,
              cause: `${cause} ${cause?.stack}`,
              attributes,
              entries,
            };
          },
          { text, status },
        );
        expect({ ...error, text }).toMatchObject({ code });
        told.push(error);
      }
      // The page's own variable is no trace.
      await visit.evaluate('delete window.answer');
      const seen = JSON.stringify([told, await lookAround(visit)]);
      for (const [code] of PATHS) expect(seen).toContain(`[${code}]`);
      // It would be seen: the requests are there, and so is the page.
      for (const trace of ['/ekr/snippet.js', 'explain', '<title>A site']) expect(seen).toContain(trace);
      const tokens = answers.flatMap((text) => /ey[\w-]+\.[\w-]+\.[\w-]+/.exec(text) ?? []);
      expect(tokens).toHaveLength(PATHS.length);
      expect(findSecrets(seen, [E_MAIL, NAME, FAKE_ACCOUNT.secret, ...tokens])).toEqual([]);
    },
  );
});

/** All that can be seen of the page without the help of its scripts. */
async function lookAround({ run, consoleLines, urls, cookies }: Visit): Promise<unknown> {
  const left = await run(
    async ({ document, localStorage, sessionStorage, location, history, events, messenger, name }) => ({
      html: document.documentElement.outerHTML,
      storage: [localStorage, sessionStorage].map((storage) => Object.entries(storage)),
      address: [location.href, history.state, document.referrer, name],
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      performance: performance.getEntries(),
      events,
      snapshot: messenger.getSnapshot(),
    }),
  );
  return { ...left, consoleLines, urls, cookies: await cookies() };
}
