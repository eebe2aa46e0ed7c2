// What the command checks with `inspect --url`, as a function for the tests of a site.
import type { TokenEndpointFinding } from './endpoint-findings.js';
import { examineEndpoint } from './examine-endpoint.js';
import { fetchToken } from './fetch-token.js';
import { joinFindings } from './join-findings.js';
import { checkOptions, readHeaders, readUrl, type TokenEndpointCheckOptions } from './options.js';

/**
 * Checks your token endpoint, for your integration tests. Does what `npx zendesk-messenger-auth inspect --url` does, with the
 * same findings, and prints nothing.
 *
 * Sends up to three POST requests, one after the other: as your page does, as another site would, and, 1.1 seconds later, as
 * your page again. So it takes a little more than a second. A request that gets no answer ends after 10 seconds, and after a
 * first failure, there is no second request. Checks the answers, and the token in them. An empty list means that nothing was
 * found. Otherwise the first finding is the one to fix first. `endpoint_nobody` means that the endpoint says that nobody is
 * signed in: expect it for a request without a session. No finding contains anything of the answers.
 *
 * Does **not** check the signature, unless you pass `secret`, and asks nothing of Zendesk. Runs in Node: a browser would not
 * let it send the headers `Origin` and `Sec-Fetch-Site`. Needs a real clock: with fake timers, it does not end.
 *
 * @param url - the absolute URL of the endpoint
 * @param options - the headers of a signed-in user, the secret, another way to send the requests
 * @throws TypeError if an argument is wrong, or if the requests cannot be sent from here. No request was sent then.
 * @example
 * const cookie = 'session=…'; // of a user who is signed in
 * expect(await checkTokenEndpoint('http://localhost:3000/zendesk-token', { headers: { cookie } })).toEqual([]);
 */
export async function checkTokenEndpoint(
  url: string | URL,
  options: TokenEndpointCheckOptions = {},
): Promise<TokenEndpointFinding[]> {
  const target = readUrl(url);
  checkOptions(options);
  const { secret, product, fetch: send } = options;
  const headers = readHeaders(options.headers);
  if (!send) refuseBrowser();
  const obtained = await examineEndpoint(target, headers, {
    fetchToken: (to, withHeaders) => fetchToken(to, withHeaders, undefined, send),
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    caller: 'function',
    product,
  });
  const { findings } = await joinFindings(obtained, secret, undefined, product);
  // The server around the handler adds the Date.
  return findings.filter(({ code }) => !send || code !== 'endpoint_no_date');
}

/** Jest's jsdom has no fetch, and a browser removes the headers that say which site sends a request. */
function refuseBrowser(): void {
  const header = 'sec-fetch-site';
  const canSend =
    typeof fetch === 'function' &&
    typeof Request === 'function' &&
    new Request('https://shop.example', { headers: { [header]: 'none' } }).headers.has(header);
  if (canSend) return;
  throw new TypeError(
    'checkTokenEndpoint cannot send its requests from here. Run the test in Node: begin its file with // @vitest-environment node, or in Jest with /** @jest-environment node */.',
  );
}
