// The script tags of the services that serve npm packages, with their hashes, in a browser that compares these.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { createFakeBackend, FAKE_ACCOUNT, signToken } from '../../src/testing/index.js';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { BLOCKS, blockWith } from './read-docs.js';

const SNIPPET = readFileSync('dist/fake-snippet.iife.js', 'utf8');
const chromium = findEngines({ ...process.env, BROWSERS: 'chromium' }).paths.get('chromium');
const tags = BLOCKS.filter(({ code }) => code.includes('integrity='));
const attribute = (code: string, name: string) => new RegExp(`\\b${name}="(.*?)"`).exec(code)![1]!;
const fileOf = (code: string) => /dist\/[\w.-]+\.js$/.exec(attribute(code, 'src'))![0];

it('there is a tag for both files at both services, with the hash of the file that was built', () => {
  expect(tags.map(({ code }) => `${new URL(attribute(code, 'src')).host} ${fileOf(code)}`)).toEqual([
    'cdn.jsdelivr.net dist/zendesk-messenger-auth.iife.min.js',
    'unpkg.com dist/zendesk-messenger-auth.iife.min.js',
    'cdn.jsdelivr.net dist/zendesk-messenger-auth.explain.iife.min.js',
    'unpkg.com dist/zendesk-messenger-auth.explain.iife.min.js',
  ]);
  for (const { code } of tags) {
    const hash = createHash('sha384')
      .update(readFileSync(fileOf(code)))
      .digest('base64');
    expect(attribute(code, 'integrity'), 'Run: npm run docs:tables').toBe(`sha384-${hash}`);
    expect(code).toContain('crossorigin="anonymous"');
  }
});

it.skipIf(!chromium).each([
  ['as it was published', '', 'signed-in'],
  ['with another line in it', '\nconsole.log("another line");', 'no messenger'],
])('the browser takes the file %s', async (_, more, expected) => {
  const html = blockWith('<!-- jsDelivr -->');
  const browser = await launchChromium(chromium!);
  try {
    const page = await browser.newPage();
    const backend = createFakeBackend({ key: attribute(html, 'data-key') });
    await page.setRequestInterception(true);
    page.on('request', (request): void => {
      const { host, pathname } = new URL(request.url());
      const headers = { 'access-control-allow-origin': '*' };
      const respond = (contentType: string, body: string) => void request.respond({ headers, contentType, body });
      if (host === 'cdn.jsdelivr.net') return respond('text/javascript', readFileSync(fileOf(html), 'utf8') + more);
      if (host === 'static.zdassets.com') return respond('text/javascript', SNIPPET);
      if (host === 'shop.example' && pathname === '/') return respond('text/html', `<!doctype html><body>${html}`);
      if (pathname === '/zendesk-token') {
        const iat = Math.floor(Date.now() / 1000);
        return respond(
          'text/plain',
          signToken({ scope: 'user', external_id: '42', iat, exp: iat + 900 }, FAKE_ACCOUNT),
        );
      }
      if (host !== 'ekr.zdassets.com' && !host.endsWith('.zendesk.com')) return void request.abort();
      const method = request.method();
      return void backend
        .handle(new Request(request.url(), { method, headers: request.headers(), body: request.postData() ?? null }))
        .then(async (response) =>
          request.respond({
            status: response.status,
            headers: Object.fromEntries(response.headers),
            body: await response.text(),
          }),
        );
    });
    await page.goto('https://shop.example/');
    const status = 'window.zendeskMessenger ? zendeskMessenger.login().then(({ status }) => status) : "no messenger"';
    expect(await page.evaluate(status)).toBe(expected);
  } finally {
    await browser.close();
  }
});
