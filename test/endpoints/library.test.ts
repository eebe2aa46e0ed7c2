// What the library does with each answer of the table. The request goes over HTTP, and the core judges its result.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createTokenEndpoint } from '../../src/browser/token-endpoint.js';
import { codeOf, startSession } from '../core/session/start-session.js';
import { ANSWERS, type EndpointAnswer } from './answers.js';
import { serveAnswer } from './serve-answer.js';
import { startServer, type Server } from './start-server.js';

let server: Server;
let row: EndpointAnswer;
let atMs = 0;

beforeAll(async () => {
  vi.stubGlobal('document', { baseURI: 'https://shop.example/' });
  server = await startServer((response, count) =>
    serveAnswer(row, server.requests[count - 1]!, response, { atMs, count }),
  );
});
afterAll(() => server.close());

/** Signs in with what the endpoint answers. Returns the outcome, and the tokens that the messenger got. */
async function signIn(): Promise<{ outcome: unknown; handed: string[] }> {
  const fetchFromEndpoint = createTokenEndpoint(server.url.href);
  const session = startSession().beginSignIn();
  for (let requests = 0; session.state.wish && !session.loginId && requests < 3; requests++) {
    session.awaitRequest();
    atMs = session.nowMs;
    const [name, first, second] = await fetchFromEndpoint({ signal: new AbortController().signal });
    // The answer's own Date is that of this computer, and the session has its own clock.
    if (name === 'tokenArrived') session.send(name, session.requestId, first, session.nowMs);
    else session.send(name, session.requestId, first, second);
  }
  if (session.loginId) session.ask();
  const effects = session.takeEffects();
  const texts = effects.flatMap((effect) => (effect[0] === 'answered' && effect[2] !== undefined ? [effect[2]] : []));
  const isSurrounded = effects.some((effect) => effect[0] === 'token-received' && effect[2]);
  const { failure } = session.state;
  const signedIn = isSurrounded ? 'surrounded' : 'signed in';
  const absent = effects.some(([type]) => type === 'token-absent') ? 'nobody' : undefined;
  return { outcome: session.loginId ? signedIn : (absent ?? codeOf(failure)), handed: texts };
}

describe('the library', () => {
  it.each(ANSWERS.map((answer) => [answer.name, answer] as const))('judges %s', async (_name, answer) => {
    row = answer;
    const { outcome, handed } = await signIn();
    expect(outcome).toBe(row.library);
    const isHanded = ['signed in', 'surrounded'].includes(row.library);
    expect(handed).toHaveLength(isHanded ? 1 : 0);
    // The bare token, and no other system's.
    for (const text of handed) {
      expect(text).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
      const claims = JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString()) as Record<string, unknown>;
      expect(claims['external_id']).toBe('user-1');
    }
  });
});
