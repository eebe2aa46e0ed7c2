import { readFileSync } from 'node:fs';
import type { HTTPRequest, Page } from 'puppeteer-core';
import type { FakeBackend } from '../../src/testing/index.js';

const SNIPPET = readFileSync('dist/fake-snippet.iife.js', 'utf8');

/** Lets the fake answer every request of this page to Zendesk. */
export async function fakeZendesk(page: Page, backend: FakeBackend): Promise<void> {
  page.on('request', (request) => void answer(request, backend));
  await page.setRequestInterception(true);
}

async function answer(request: HTTPRequest, backend: FakeBackend): Promise<void> {
  const { host } = new URL(request.url());
  if (host === 'static.zdassets.com') return request.respond({ contentType: 'text/javascript', body: SNIPPET });
  if (host !== 'ekr.zdassets.com' && !host.endsWith('.zendesk.com')) return request.continue();
  const method = request.method();
  const body = request.postData() ?? null;
  const response = await backend.handle(new Request(request.url(), { method, headers: request.headers(), body }));
  if (response.type === 'error') return request.abort();
  const headers = Object.fromEntries(response.headers);
  return request.respond({ status: response.status, headers, body: await response.text() });
}
