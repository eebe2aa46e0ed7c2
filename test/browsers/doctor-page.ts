// Opens the token doctor's page in a tab, and makes tokens to paste into it.
import { expect } from 'vitest';
import { startServer } from '../../examples/server/start-server.js';
import type { Tab } from './tab.js';
import { eventually } from './visit.js';

/** A real C# token from a support forum: `exp` is a string, and in the past. */
export const FIRST_POST =
  'eyJ0eXAiOiJKV1QiLCJraWQiOiJhcHBfNjJiNWUwZmZjYTVhMzgwMGYwMjI1YzUzIiwiYWxnIjoiSFMyNTYifQ.eyJleHRlcm5hbF9pZCI6IjEyMzE2NTQyMzQ0IiwiZW1haWwiOiJqYW5lc0Bzb2FwLmNvbSIsImV4cCI6IjEyMzQ1Njc4IiwibmFtZSI6IkphbmUgU29hcHMiLCJzY29wZSI6InVzZXIifQ.ShaKIlanfmUoRqDpEvUEJkyJr6rdY9sUf1YckVAmddQ';
export const SECRET = 'a-secret-that-is-for-tests-only';
const HEADER = { alg: 'HS256', typ: 'JWT', kid: 'app_0123456789abcdef01234567' };
export const IDENTITY = { scope: 'user', external_id: 'user-1' };
export const nowS = () => Math.floor(Date.now() / 1000);

const encode = (json: string) => Buffer.from(json).toString('base64url');
export const makeToken = (claims: object | string, header: object = HEADER) =>
  `${encode(JSON.stringify(header))}.${encode(typeof claims === 'string' ? claims : JSON.stringify(claims))}.${'s'.repeat(43)}`;

type OpenTab = (origin: string) => Promise<Tab>;
type OnFinished = (close: () => Promise<void>) => void;

export async function openDoctor(openTab: OpenTab, onTestFinished: OnFinished, env = {}) {
  const server = await startServer({ port: 0, env });
  onTestFinished(() => server.close());
  const tab = await openTab(server.url);
  const { chromium, evaluate, goto, run } = tab;
  const read = (id: string) => run(({ document }, wanted) => document.getElementById(wanted)!.textContent, id);
  const texts = (selector: string) =>
    run(({ document }, wanted) => [...document.querySelectorAll(wanted)].map((node) => node.textContent), selector);
  const open = (path = '/doctor/') => goto(server.url + path);
  const select = (id: string) =>
    run(({ document }, wanted) => {
      const field = document.getElementById(wanted) as HTMLInputElement;
      field.focus();
      field.select();
    }, id);
  /** Inserts the whole text at once at the cursor, as pasting does. */
  const insert = (text: string) =>
    run(({ document }, given) => void document.execCommand('insertText', false, given), text);
  const shows = (id: string, text: string | RegExp) => eventually(async () => expect(await read(id)).toMatch(text));
  await open();
  // WebKit's driver does not wait for the page's modules.
  await shows('summary', 'No token yet');
  return {
    ...tab,
    page: chromium,
    url: server.url,
    open,
    read,
    texts,
    select,
    insert,
    isShown: (id: string) => run(({ document }, wanted) => document.getElementById(wanted)!.checkVisibility(), id),
    codes: () =>
      run(({ document }) => [...document.querySelectorAll('.finding')].map((node) => node.getAttribute('data-code'))),
    async paste(id: 'token' | 'secret', text: string) {
      await select(id);
      await insert(text);
    },
    shows,
    timeline: () => evaluate(`document.querySelector('#picture svg').getAttribute('aria-label')`),
  };
}
