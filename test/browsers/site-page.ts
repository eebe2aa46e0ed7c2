// The pages of a site where users sign in and out, and what a test knows of a visit to them.
import { expect } from 'vitest';
import { htmlPage, libraryScript, startMessenger, type LibraryFile } from './pages.js';
import { eventually, type Visit } from './visit.js';

interface SitePageOptions {
  readonly library?: LibraryFile;
  /** Options of createMessenger. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** How the page tells the library who is signed in: an expression. */
  readonly arrive?: string;
  /** What happens when the visitor clicks the link to `/next`. */
  readonly onLeave?: string;
  /** HTML before the library's script. */
  readonly before?: string;
}

/** A page whose heading names who is signed in to the site. Its link with the id `leave` leads to the next page. */
export function sitePage(user: string, options: SitePageOptions = {}): string {
  const { library = 'IIFE', arrive = 'messenger.login()', onLeave = '', before = '' } = options;
  const start = `${startMessenger('messenger', options.options)} window.arrived = ${arrive};`;
  return htmlPage(`${before}<h1>${user}</h1><a id="leave" href="/next" onclick="${onLeave}">Leave</a>
    ${libraryScript(library, start)}`);
}

/** Says who is signed in to the site from now on: what the token endpoint goes by. */
export function signInToSite({ endpoint }: Visit, user: string): void {
  Object.assign(endpoint, user === 'nobody' ? { status: 401 } : { status: 200, externalId: user });
}

/** Goes to a page of this user, and waits until the messenger has the user, too. */
export async function visitAs(visit: Visit, user: string, options?: SitePageOptions): Promise<void> {
  signInToSite(visit, user);
  await visit.open(sitePage(user, options));
  await expectArrival(visit, user);
}

/** Leaves by the link, for a page of this user, and waits until the messenger has the user. */
export async function leaveFor(visit: Visit, user: string, options?: SitePageOptions): Promise<void> {
  signInToSite(visit, user);
  await leave(visit, sitePage(user, options));
  await expectArrival(visit, user);
}

/** Leaves by the link, and waits until the next page is there. */
export async function leave(visit: Visit, html: string): Promise<void> {
  visit.pages.set('/next', html);
  await visit.click('#leave');
  await eventually(async () =>
    expect(await visit.evaluate('[location.pathname, document.readyState]')).toEqual(['/next', 'complete']),
  );
}

async function expectArrival({ evaluate }: Visit, user: string): Promise<void> {
  const expected = user === 'nobody' ? { status: 'signed-out' } : { status: 'signed-in', externalId: user };
  expect(await evaluate('arrived.catch(String)')).toMatchObject(expected);
}
