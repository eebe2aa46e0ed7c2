// Sends the requests that are needed to check an endpoint, one after the other.
import type { TokenProduct } from '../inspect/index.js';
import type { EndpointFinding } from './endpoint-findings.js';
import type { RequestResult } from './fetch-token.js';
import type { Caller } from './header-advice.js';
import { readServerTimeMs, type ArrivalTimes } from './server-clock.js';
import {
  checkResult,
  checkForeignOrigin,
  checkOwnOrigin,
  checkSecondResult,
  haveDifferentTokens,
  type ResponseCheck,
} from './check-response.js';

export interface Examination {
  readonly findings: readonly EndpointFinding[];
  readonly token: ResponseCheck['token'];
  /** The body of the first response, to search it for the secret. Absent if nothing arrived, or too much. */
  readonly body: string | undefined;
  /** When the token arrived. Absent if nothing arrived. */
  readonly times: ArrivalTimes | undefined;
  /**
   * Whether the second request got another token: then the endpoint signs a token for each request. If it got the same, the
   * token is kept somewhere. Absent if there were no two tokens.
   */
  readonly isNew: boolean | undefined;
}

export interface Environment {
  readonly fetchToken: (url: URL, headers: Headers) => Promise<RequestResult>;
  readonly wait: (ms: number) => Promise<unknown>;
  readonly caller: Caller;
  /** What the token is for. Default: messaging. */
  readonly product?: TokenProduct | undefined;
  /** Called before each step that takes time. */
  readonly onProgress?: (text: string) => void;
}

// Times in a token are whole seconds, so two tokens that are signed within the same second can be identical.
const NEXT_SECOND_MS = 1100;
const FOREIGN_ORIGIN = 'https://another-site.example';

/**
 * Requests a token, requests it as another site would, and requests a second token a second later. Checks each response.
 * Sends only one request if the first response is a failure that every next request would repeat.
 *
 * @param extraHeaders - additional request headers, such as a visitor's cookie
 */
export async function examineEndpoint(
  url: URL,
  extraHeaders: readonly (readonly [name: string, value: string])[],
  { fetchToken, wait, caller, product = 'messaging', onProgress }: Environment,
): Promise<Examination> {
  const request = (origin: string, site: string) => {
    const headers = new Headers({ origin, 'sec-fetch-site': site });
    for (const [name] of extraHeaders) headers.delete(name);
    for (const [name, value] of extraHeaders) headers.append(name, value);
    // The request as another site keeps this origin, even if the extra headers contain another one.
    if (site === 'cross-site') headers.set('origin', origin);
    return fetchToken(url, headers);
  };
  // Request it as the site's own page. Many servers refuse a POST with a foreign Origin, as if nobody were signed in.
  const requestAsOwnSite = () => request(url.origin, 'same-origin');
  const hasAuthorization = extraHeaders.some(([name]) => name.toLowerCase() === 'authorization');
  const circumstances = {
    url,
    hasHeaders: extraHeaders.length > 0,
    hasAuthorization,
    caller,
    isClassic: product !== 'messaging',
  };

  onProgress?.('Requesting a token …');
  const attempt = await requestAsOwnSite();
  const first = checkResult(attempt, circumstances);
  if (attempt.kind !== 'response') return { ...first, body: undefined, times: undefined, isNew: undefined };
  const { body } = attempt;
  const times = { localMs: attempt.receivedAtMs, serverMs: readServerTimeMs(attempt) };
  const findings = [...first.findings];
  if (first.isFinal) return { findings, token: undefined, body, times, isNew: undefined };
  const ownOrigin = extraHeaders.find(([name]) => name.toLowerCase() === 'origin')?.[1];
  if (first.token && ownOrigin !== undefined && ownOrigin !== url.origin) {
    findings.push(...checkOwnOrigin(attempt.headers, ownOrigin));
  }
  onProgress?.('Requesting a token as another site would …');
  const foreign = await request(FOREIGN_ORIGIN, 'cross-site');
  if (foreign.kind === 'response') findings.push(...checkForeignOrigin(foreign.headers, FOREIGN_ORIGIN));
  if (!first.token) return { findings, token: undefined, body, times, isNew: undefined };
  onProgress?.('Waiting a second, then requesting another token …');
  await wait(NEXT_SECOND_MS);
  const second = checkResult(await requestAsOwnSite(), circumstances);
  findings.push(...checkSecondResult(first, second));
  return { findings, token: first.token, body, times, isNew: haveDifferentTokens(first, second) };
}
