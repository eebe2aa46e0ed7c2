// What every token endpoint answers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { run } from '../cli/start-command.js';
import { send, type Answer } from './send.js';
import { CONFIGURATION, type RunningProgram } from './start-program.js';

const AS_ADA = { cookie: 'session=ada' };

/** Tests of the answers of a program that is running. */
export function testAnswers(program: () => RunningProgram, folder: () => string): void {
  const ask = (headers = {}, method?: string) => send(program().port, headers, method);

  it('the token doctor finds nothing in the answer to a user', async () => {
    // The first answer is the slowest, because the program loads its code then. The command waits 10 s.
    await ask(AS_ADA);
    expect(await inspect(program().port, folder(), 'session=ada')).toEqual({ exitCode: 0, findings: [] });
  });

  it('the token doctor finds that nobody is signed in, and nothing else', async () => {
    const { exitCode, findings } = await inspect(program().port, folder(), 'theme=dark');
    expect({ exitCode, codes: findings.map(({ code }) => code) }).toEqual({ exitCode: 0, codes: ['endpoint_nobody'] });
  });

  it.each([{}, { cookie: 'session=nobody' }, { cookie: 'other_session=ada' }])(
    'says that nobody is signed in, for %o',
    async (headers) => {
      const answer = await ask(headers);
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toEqual({ token: null });
      expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
      expectPrivate(answer);
    },
  );

  it('sends a token as JSON', async () => {
    const answer = await ask(AS_ADA);
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({ token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
    expect(answer.headers['content-type']).toMatch(/^application\/json\b/);
    expectPrivate(answer);
  });

  it.each(['prefs={"theme":"dark"}', 'a,b=1', 'flag', 'spaced=a b', 'a[b]=1'])(
    'finds the session behind a cookie of another script: %s',
    async (cookie) => {
      const answer = await ask({ cookie: `${cookie}; session=ada` });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { token: expect.any(String) }]);
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])('refuses %s, and names POST', async (method) => {
    const answer = await ask({ ...AS_ADA, origin: 'https://shop.example' }, method);
    expect({ status: answer.status, allow: answer.headers.allow }).toEqual({ status: 405, allow: 'POST' });
    expectPrivate(answer);
  });

  it.each([
    ['as a page of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['as a subdomain', { 'sec-fetch-site': 'same-site', origin: 'https://forum.shop.example' }],
    ['as a link or the address bar', { 'sec-fetch-site': 'none' }],
    ['in a browser without Sec-Fetch-Site', { origin: 'https://evil.example', host: 'shop.example' }],
    ['at another port', { origin: 'http://shop.example:8080', host: 'shop.example' }],
    ['in a frame without an origin', { origin: 'null', host: 'shop.example' }],
  ])('refuses a request %s', async (_, headers) => {
    const answer = await ask({ ...AS_ADA, ...headers });
    expect(answer.status).toBe(403);
    expect(answer.headers['content-type']).toMatch(/^text\/plain\b/);
    expect(answer.body).not.toBe('');
    expectPrivate(answer);
  });

  it.each([
    ['with Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin', origin: 'https://shop.example', host: 'backend' }],
    ['with Origin', { origin: 'https://shop.example', host: 'shop.example' }],
    ['with Origin and a port', { origin: 'http://localhost:3000', host: 'localhost:3000' }],
    ['with neither', {}],
  ])('accepts a request of its own site, %s', async (_, headers) => {
    expect((await ask({ ...AS_ADA, ...headers })).status).toBe(200);
  });

  it.each([{ 'sec-purpose': 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }])(
    'signs nothing for a page that is prefetched: %o',
    async (headers) => {
      const answer = await ask({ ...AS_ADA, 'sec-fetch-site': 'same-origin', ...headers });
      expect(answer.status).toBe(503);
      expectPrivate(answer);
    },
  );
}

/** No cache keeps the answer, no other site can read it, and the server's clock is in it. */
function expectPrivate({ headers }: Answer): void {
  expect(headers['cache-control']).toBe('no-store');
  expect(Math.abs(Date.parse(headers.date!) - Date.now())).toBeLessThan(60_000);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
}

async function inspect(port: number, folder: string, cookie: string) {
  const headerFile = join(folder, 'headers.txt');
  writeFileSync(headerFile, `Cookie: ${cookie}\n`);
  const url = `http://127.0.0.1:${port}/zendesk-token`;
  const args = ['inspect', '--url', url, '--header-file', headerFile, '--secret-env', 'ZENDESK_SECRET', '--json'];
  const { exitCode, stdout } = await run(args, '', CONFIGURATION);
  const { findings } = JSON.parse(stdout) as { findings: { readonly code: string }[] };
  // That says how busy this machine is: the first answer of a Java program took 7 s beside other tests.
  return { exitCode, findings: findings.filter(({ code }) => code !== 'endpoint_slow') };
}
