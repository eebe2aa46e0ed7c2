// @vitest-environment jsdom
// The pages about one error: each is found by the text of its error, and its code does what the page says.
import { readdirSync, readFileSync } from 'node:fs';
import { runInThisContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../../src/testing/index.js';
import { composeSidebar } from '../../docs/.vitepress/sidebar.js';
import { flattenSidebar, readFrontmatter } from '../../tools/docs/read-pages.js';
import { blockWith, PAGES } from './read-docs.js';
import { PROBLEMS } from './problems.js';

const FOLDER = 'docs/problems/';
const INDEX = PAGES.get(`${FOLDER}index.md`)!;
const pageOf = (name: string) => PAGES.get(`${FOLDER}${name}.md`)!;
const headingsOf = (page: string) => [...page.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => heading!);

it('there is a page for each problem, and each is in the sidebar and in the index', () => {
  const names = PROBLEMS.map(({ name }) => name);
  const pages = [...PAGES.keys()].filter((path) => path.startsWith(FOLDER) && !path.endsWith('/index.md'));
  expect(pages).toEqual(names.map((name) => `${FOLDER}${name}.md`).sort());
  const links = flattenSidebar(composeSidebar([])).map(({ link }) => link);
  expect(links).toEqual(expect.arrayContaining(['/problems/', ...names.map((name) => `/problems/${name}`)]));
  expect([...INDEX.matchAll(/\]\(\.\/([\w-]+)\.md\)/g)].map(([, name]) => name)).toEqual(names);
});

it.each(['docs/troubleshooting.md', 'docs/errors.md'])('%s leads to the index', (path) => {
  expect(PAGES.get(path)).toContain('](./problems/index.md)');
});

describe.each(PROBLEMS)('$name', ({ name, text }) => {
  const page = pageOf(name);

  it('has what people type in its title, its description and its heading', () => {
    const { title = '', description = '' } = readFrontmatter(page);
    // Zendesk writes a colon after the status, and people do not.
    for (const place of [title, description, headingsOf(page)[0]])
      expect(place!.toLowerCase().replace('401: ', '401 ')).toContain(text.toLowerCase());
  });

  it('has the cause, then a check, then the fix, and then what the library does', () => {
    expect(headingsOf(page).slice(1)).toEqual(['Cause', 'Check', 'Fix', 'With this library']);
    expect(/## Check\n(.*?)\n## Fix/s.exec(page)![1]).toContain('```');
  });
});

it("the texts that are Zendesk's are those of the fake, which are those that were measured", () => {
  const sources = readdirSync('src/testing').map((file) => readFileSync(`src/testing/${file}`, 'utf8'));
  const ofZendesk = PROBLEMS.filter(({ isMeasured }) => isMeasured);
  expect(ofZendesk.length).toBeGreaterThan(4);
  for (const { text } of ofZendesk) {
    const words = text.replace(/^401 /, '');
    expect(
      sources.some((source) => source.includes(words)),
      words,
    ).toBe(true);
  }
});

describe('the code of the pages', () => {
  let backend: FakeBackend;
  let zendesk: InstalledMessenger;
  let siteUser: string;

  beforeEach(() => {
    vi.useFakeTimers();
    backend = createFakeBackend();
    zendesk = installFakeMessenger({ fetch: backend.fetch });
    siteUser = 'alice';
    vi.stubGlobal('fetch', async () => {
      const iat = Math.floor(Date.now() / 1000);
      return new Response(signToken({ scope: 'user', external_id: siteUser, iat, exp: iat + 900 }, backend.account));
    });
  });

  afterEach(() => {
    zendesk.uninstall();
    for (const name of ['zE', 'zEmbed']) Reflect.deleteProperty(window, name);
    localStorage.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  async function loadSnippet() {
    const snippet = document.createElement('script');
    snippet.id = 'ze-snippet';
    snippet.src = `https://static.zdassets.com/ekr/snippet.js?key=${backend.account.key}`;
    document.head.append(snippet);
    await vi.advanceTimersByTimeAsync(1000);
    expect(zendesk.live).toBe(true);
  }

  const run = (code: string) => runInThisContext(`(async () => {${code}})()`) as Promise<unknown>;
  const logins = () => backend.requests.filter(({ kind }) => kind === 'login');

  it('the own queue of "zE is not defined" is taken over by the messenger', async () => {
    expect('zE' in window).toBe(false);
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(blockWith('window.zEmbed = function'))!;
    runInThisContext(script);
    expect(zendesk.isOpen).toBe(false);
    await loadSnippet();
    expect(zendesk.isOpen).toBe(true);
  });

  it('the token that is requested first signs the user in', async () => {
    await loadSnippet();
    await run(blockWith('const getFirst'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(zendesk.visitor).toEqual({ kind: 'user', externalId: 'alice' });
  });

  it('the reason is printed', async () => {
    await loadSnippet();
    const log = vi.spyOn(console, 'log').mockReturnValue();
    backend.answerAlways('login', { status: 401 });
    await run(blockWith("error ? error.reason : 'signed in'"));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(log.mock.calls).toEqual([['401: Invalid JWT']]);
    log.mockRestore();
  });

  it.each([
    ['as the page says', true],
    ['without its wait', false],
  ])('the sign-out of "the old conversation", %s: the next login carries the old identity or not', async (_, waits) => {
    await loadSnippet();
    await run(blockWith('const getFirst'));
    await vi.advanceTimersByTimeAsync(5000);
    siteUser = 'bob';
    const code = waits ? `${blockWith('async function signOut()')} await signOut();` : "zE('messenger', 'logoutUser');";
    const running = run(`${code} ${blockWith('const getFirst')}`);
    await vi.advanceTimersByTimeAsync(10_000);
    await running;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(logins()).toHaveLength(2);
    expect(logins().at(-1)).toMatchObject({ externalId: 'bob' });
    expect(logins().at(-1)!.appUserIdOfUser).toBe(waits ? undefined : 'alice');
  });
});
