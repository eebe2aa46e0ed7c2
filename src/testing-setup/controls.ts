// What a test can say about its page, and read from it.
import type { FakeBackend, FakeVisitor, InstalledMessenger } from '../testing/index.js';
import { mirror } from './mirror.js';
import { getTestPage, type Fakes } from './test-page.js';

/**
 * Returns the fakes of this test.
 *
 * @throws Error if the page would not be new in the next test
 */
function readFakes(): Fakes {
  const page = getTestPage();
  if (page.isRenewed) return page.fakes();
  throw new Error(
    'The test runner has no global beforeEach, so the page would not be new in each test. Call ' +
      'beforeEach(startNewPage), with startNewPage from zendesk-messenger-auth/testing/setup.',
  );
}

/**
 * Says who is signed in to your site. From now on your token endpoint answers for this user, and it works again after
 * {@link failTokenEndpoint}.
 *
 * It does not call `setUser()` or `login()`: your page must do that, as it does after a real sign-in. At the start of each test,
 * nobody is signed in.
 *
 * @param externalId - the `external_id` of the user; `null` when nobody is signed in
 * @throws TypeError if `externalId` is neither a text nor `null`
 * @example
 * signInAs('user-1');
 * await messenger.setUser('user-1');
 * expect(currentVisitor()).toEqual({ kind: 'user', externalId: 'user-1' });
 */
export function signInAs(externalId: string | null): void {
  if (externalId !== null && (typeof externalId !== 'string' || externalId === ''))
    throw new TypeError("signInAs() needs the user's external_id, which is a text, or null when nobody is signed in.");
  const { endpoint } = readFakes();
  endpoint.externalId = externalId;
  endpoint.failure = undefined;
}

/**
 * Lets the backend treat all tokens so far as expired. A new token of your endpoint is good.
 *
 * The messenger notices it at its next request, for example when the visitor sends a message, and the library then fetches a
 * new token.
 */
export function expireToken(): void {
  const { backend, endpoint } = readFakes();
  endpoint.tokens.forEach((token) => backend.expire(token));
  backend.expireAll();
}

/**
 * Lets the backend refuse all tokens so far, although they have not expired. A new token of your endpoint is good.
 *
 * The messenger notices it at its next request.
 */
export function revokeToken(): void {
  const { backend, endpoint } = readFakes();
  endpoint.tokens.forEach((token) => backend.revoke(token));
  backend.revokeAll();
}

/**
 * Lets your token endpoint answer with an error, until the test ends or {@link signInAs} is called.
 *
 * With a status from 500, the library tries again later. With most others from 400, such as 403, the sign-in fails at once.
 *
 * @param status - the HTTP status, from 400 to 599. Default: 503
 * @throws RangeError if the status is not an error
 */
export function failTokenEndpoint(status = 503): void {
  if (!(Number.isInteger(status) && status >= 400 && status <= 599))
    throw new RangeError('failTokenEndpoint() needs the HTTP status of an error, from 400 to 599, such as 503.');
  readFakes().endpoint.failure = status;
}

/**
 * Lets the token endpoint of the setup answer requests to this URL, until the end of the test file. It is only for pages whose
 * `getToken` sends the request with `fetch`. A `tokenUrl` is answered without it.
 *
 * @param url - a URL, or a path of the page's own origin; the query does not count
 */
export function answerTokensAt(url: string): void {
  getTestPage().answerAt(url);
}

/** Returns who the fake messenger thinks the visitor is. It is `zendesk.visitor`. */
export function currentVisitor(): FakeVisitor {
  return readFakes().zendesk.visitor;
}

/**
 * Makes everything new: nobody is signed in, nothing is stored, and behind each messenger of the page there is a new one. It runs
 * by itself before each test. The first call does nothing, because everything is new then. Call it only with a test runner that has no global `beforeEach`.
 *
 * @example
 * beforeEach(startNewPage);
 */
export function startNewPage(): void {
  const page = getTestPage();
  page.isRenewed = true;
  page.startTest();
}

/** The fake of Zendesk's servers. It is a new one in each test. */
export const backend: FakeBackend = mirror(() => readFakes().backend);

/** The fake messenger in the page. It is a new one in each test. */
export const zendesk: InstalledMessenger = mirror(() => readFakes().zendesk);
