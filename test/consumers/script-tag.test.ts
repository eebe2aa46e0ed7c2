// Runs the script tag of the documentation, with the file at the address where npm packages are served.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findEngines } from '../browsers/found-engines.js';
import { launchChromium } from '../browsers/puppeteer-engines.js';
import { blockWith } from '../docs/read-docs.js';
import { visit } from './visit.js';

const { paths } = findEngines({ ...process.env, BROWSERS: 'chromium' });
const ADDRESSES = ['<!-- jsDelivr -->', '<!-- unpkg -->'].map((service) => /src="(.*?)"/.exec(blockWith(service))![1]!);

const OUTCOME = `<script type="module">
  window.outcome = zendeskMessenger.login().then(
    ({ status, externalId }) => ({ signedIn: { status, externalId } }),
    ({ code, findings }) => ({ failed: { code, findings: findings?.map((finding) => finding.code) } }),
  );
</script>`;

describe.skipIf(!paths.has('chromium')).each(ADDRESSES)('A page with the script %s', (address) => {
  const page = `<!doctype html>${blockWith('<script\n  src="/zendesk-messenger-auth').replace(/src=".*?"/, `src="${address}"`)}${OUTCOME}`;
  const doctor = address.replace('.iife.min.js', '.explain.iife.min.js');
  let browser: Browser;
  let served: Record<string, string>;

  beforeAll(async () => {
    const folder = mkdtempSync(join(inject('folder'), 'unpacked-'));
    execFileSync('tar', ['-xzf', inject('tarball'), '-C', folder]);
    const scripts = readdirSync(join(folder, 'package/dist')).filter((name) => name.endsWith('.js'));
    served = Object.fromEntries(
      scripts.map((name) => [new URL(name, address).href, readFileSync(join(folder, 'package/dist', name), 'utf8')]),
    );
    browser = await launchChromium(paths.get('chromium')!);
  });
  afterAll(() => browser?.close());

  it('signs in with only this file', async () => {
    const visited = await visit(browser, { 'index.html': page }, { external_id: '42' }, served);
    expect(visited).toEqual({
      signedIn: { status: 'signed-in', externalId: '42' },
      visitor: { kind: 'user', externalId: '42' },
      loaded: [address],
    });
  });

  it('loads the token doctor from the same folder when a sign-in fails', async () => {
    const { failed, loaded } = await visit(browser, { 'index.html': page }, { exp: '12345678' }, served);
    expect(failed).toMatchObject({ findings: expect.arrayContaining(['exp_not_number', 'external_id_missing']) });
    expect(new Set(loaded)).toEqual(new Set([address, doctor]));
  });
});
