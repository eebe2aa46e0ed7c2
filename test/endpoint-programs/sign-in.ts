// A visitor of a site that has a token endpoint in this language, in Chromium, with the fake messenger.
import { request, type IncomingMessage, type ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import type { EngineBrowser } from '../browsers/engine.js';
import { pageWith } from '../browsers/pages.js';
import { openVisit } from '../browsers/visit.js';
import type { RunningProgram } from './start-program.js';
import { ADA, GRACE } from './tokens.js';

/** Tests of a program that is running: its site passes the token requests on to it, with all headers, also Host. */
export function testSignIn(program: () => RunningProgram, browser: () => EngineBrowser): void {
  it.each([
    ['that send Sec-Fetch-Site', true],
    ['that do not', false],
  ])("signs the site's users in to the messenger, one after the other, in browsers %s", async (_, sendsSite) => {
    const visit = await openVisit(browser(), { build: 'B26' });
    const sites: unknown[] = [];
    visit.endpoint.answer = (outgoing, incoming) => {
      if (!sendsSite) delete incoming.headers['sec-fetch-site'];
      sites.push(incoming.headers['sec-fetch-site'] ?? incoming.headers.origin);
      pass(program().port, incoming, outgoing);
    };
    const visitAs = async (session: string) => {
      await visit.open(pageWith('IIFE'), { 'set-cookie': `session=${session}; Path=/; HttpOnly` });
      return visit.login();
    };
    try {
      expect(await visitAs('ada')).toEqual({ status: 'signed-in', externalId: ADA.externalId });
      expect(await visitAs('grace')).toEqual({ status: 'signed-in', externalId: GRACE.externalId });
      expect(await visitAs('')).toEqual({ status: 'signed-out' });
      expect(visit.logins()).toEqual([`${ADA.externalId} as nobody`, `${GRACE.externalId} as nobody`]);
      // Without either header, the program would have nothing to check.
      expect(new Set(sites)).toEqual(new Set([sendsSite ? 'same-origin' : visit.origin]));
    } finally {
      await visit.close();
    }
  });
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path: url, headers, agent: false }, (response) => {
    outgoing.writeHead(response.statusCode!, response.headers);
    response.pipe(outgoing);
  });
  onward.on('error', () => outgoing.destroy());
  incoming.pipe(onward);
}
