// Sends the requests that are needed to judge an endpoint, in order.
import type { EndpointFinding } from './endpoint-findings.js';
import type { Attempt } from './fetch-token.js';
import { judgeAttempt, judgeOrigin, judgeOwnOrigin, judgeRepetition, type Verdict } from './judge-response.js';

export interface Examination {
  readonly findings: readonly EndpointFinding[];
  readonly token: Verdict['token'];
  /** When the token arrived, by this computer's clock; absent if nothing arrived. */
  readonly receivedAtMs: number | undefined;
}

export interface World {
  readonly fetchToken: (url: URL, headers: Headers) => Promise<Attempt>;
  readonly wait: (ms: number) => Promise<unknown>;
  /** Called before each part that takes time. */
  readonly onProgress?: (text: string) => void;
}

// Times in a token are whole seconds, so two tokens that are signed within the same second can be identical.
const NEXT_SECOND_MS = 1100;
const FOREIGN_ORIGIN = 'https://another-site.example';

/** @param given - additional request headers */
export async function examineEndpoint(
  url: URL,
  given: readonly (readonly [name: string, value: string])[],
  { fetchToken, wait, onProgress }: World,
): Promise<Examination> {
  const ask = (origin: string, site: string) => {
    const headers = new Headers({ origin, 'sec-fetch-site': site });
    for (const [name] of given) headers.delete(name);
    for (const [name, value] of given) headers.append(name, value);
    // Always set the origin here, because the caller's headers may contain another one.
    if (site === 'cross-site') headers.set('origin', origin);
    return fetchToken(url, headers);
  };
  // Ask as the site's own page. Many servers refuse a POST with a foreign Origin, as if nobody were signed in.
  const askAsOwn = () => ask(url.origin, 'same-origin');
  const circumstances = { url, hasHeaders: given.length > 0 };

  onProgress?.('Requesting a token …');
  const attempt = await askAsOwn();
  const first = judgeAttempt(attempt, circumstances);
  if (attempt.kind !== 'answer') return { ...first, receivedAtMs: undefined };
  const { receivedAtMs } = attempt;
  const findings = [...first.findings];
  const ownOrigin = given.find(([name]) => name.toLowerCase() === 'origin')?.[1];
  if (first.token && ownOrigin !== undefined && ownOrigin !== url.origin) {
    findings.push(...judgeOwnOrigin(attempt.headers, ownOrigin));
  }
  onProgress?.('Requesting a token as another site would …');
  const foreign = await ask(FOREIGN_ORIGIN, 'cross-site');
  if (foreign.kind === 'answer') findings.push(...judgeOrigin(foreign.headers, FOREIGN_ORIGIN));
  if (first.token) {
    onProgress?.('Waiting a second, then requesting another token …');
    await wait(NEXT_SECOND_MS);
    findings.push(...judgeRepetition(first, judgeAttempt(await askAsOwn(), circumstances)));
  }
  return { findings, token: first.token, receivedAtMs };
}
