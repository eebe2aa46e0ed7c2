// Visits a page, and returns the result of its sign-in and the files that it loaded.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, HTTPRequest, Page } from 'puppeteer-core';
import type { MessengerSnapshot } from '../../src/index.js';
import { createFakeBackend, FAKE_ACCOUNT, signToken, type FakeVisitor } from '../../src/testing/index.js';
import { fakeZendesk } from '../docs/puppeteer-example.js';

// The key in fixtures/page/main.js.
const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';
const PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="/main.js"></script>';
const TYPES: Readonly<Record<string, string>> = { html: 'text/html', js: 'text/javascript' };

export interface Visited {
  readonly signedIn?: Pick<MessengerSnapshot, 'status' | 'externalId'>;
  readonly failed?: { readonly code: string; readonly findings?: readonly string[] };
  readonly visitor: FakeVisitor;
  /** The names of the files that the page requested, or their addresses if they are on another site. */
  readonly loaded: readonly string[];
}

/**
 * @param files - the files of the site by name. Without a page, a default page loads `main.js`
 * @param claims - the claims of the site's tokens
 * @param elsewhere - the files of other sites by address
 */
export async function visit(
  browser: Browser,
  files: Readonly<Record<string, string>>,
  claims: Readonly<Record<string, unknown>>,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<Visited> {
  const loaded: string[] = [];
  const served = { 'index.html': PAGE, ...files } as Record<string, string>;
  const server = createServer(({ method, url }, response) => {
    const iat = Math.floor(Date.now() / 1000);
    if (`${method} ${url}` === 'POST /zendesk-token')
      return response.end(signToken({ scope: 'user', iat, exp: iat + 900, ...claims }, FAKE_ACCOUNT));
    const name = url === '/' ? 'index.html' : url!.slice(1);
    const file = served[name];
    if (file === undefined) return response.writeHead(404).end();
    if (name !== 'index.html') loaded.push(name);
    return response.setHeader('content-type', TYPES[name.split('.').at(-1)!]!).end(file);
  });
  await once(server.listen(0), 'listening');
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    await fakeZendesk(answerFor(page, elsewhere, loaded), createFakeBackend({ key: KEY }));
    await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
    const outcome = (await page.evaluate('outcome')) as Pick<Visited, 'signedIn' | 'failed'>;
    const visitor = (await page.evaluate('window.fakeZendeskMessenger?.visitor')) as FakeVisitor;
    return { ...outcome, visitor, loaded };
  } finally {
    await context.close();
    server.close();
  }
}

/** The part of a page that the fake backend needs. Requests to the `elsewhere` addresses are answered before. */
function answerFor(page: Page, elsewhere: Readonly<Record<string, string>>, loaded: string[]): Page {
  return {
    on: (name: 'request', listener: (request: HTTPRequest) => void) =>
      page.on(name, (request) => {
        const file = elsewhere[request.url()];
        if (file === undefined) return listener(request);
        loaded.push(request.url());
        void request.respond({ contentType: 'text/javascript', body: file });
      }),
    setRequestInterception: (isOn: boolean) => page.setRequestInterception(isOn),
  } as Page;
}
