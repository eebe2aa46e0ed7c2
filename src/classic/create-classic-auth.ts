// Connects the widget's questions for tokens with the site's endpoint.
import { logError } from '../browser/console.js';
import { ClassicAuthError } from './errors.js';
import { checkClassicOptions, type ClassicAuthOptions, type ClassicProduct, findTokenUrl } from './options.js';
import { createSignedInRecord } from './signed-in-record.js';
import { createTokenRequest } from './token-request.js';
import { type ClassicTokenSource, createClassicTokenSupply } from './token-supply.js';
import { callWidget, readWidget, setJwtFn, updateSettings } from './web-widget.js';

/** What {@link createClassicAuth} returns. No method throws. */
export interface ClassicAuth {
  /**
   * Makes the widget ask for tokens again, after somebody has signed in to your site without a page load. It ends the chat
   * that is going on. If another user was signed in before, call `logout()` first: while the help center has a session, it
   * does not ask.
   *
   * Before the widget has started, it does nothing, because the widget asks when it starts.
   */
  reauthenticate(): void;
  /**
   * Signs the user out of all products, ends the chat and closes the widget. Until `reauthenticate()`, the widget gets no more
   * tokens. Call it when the user signs out of your site.
   */
  logout(): void;
  /** Stops. The widget gets no tokens any more. Does not sign anybody out, and leaves its functions in zESettings. */
  destroy(): void;
}

// By then, the widget has started on a slow connection, too, and its request for a session has ended.
const WIDGET_TIME_MS = 10_000;

/**
 * Signs visitors in to the Web Widget (Classic), which accounts made before June 2023 may still have. For Zendesk messaging,
 * use `createMessenger`.
 *
 * Call it before Zendesk's snippet, because the widget reads its settings only when it starts. It sets
 * `zESettings.webWidget.authenticate`, keeps your other settings, and answers each question of the widget with a new token.
 * If you call it when the widget is already running, it passes the settings on, and signs the visitor in if there is a
 * token: that ends the chat that is going on.
 *
 * It does not load the widget, does not renew tokens by itself and does not retry. On a server it does nothing.
 *
 * @param options - the products, and the source of tokens
 * @throws ClassicAuthError `invalid_option` if an option is missing, unknown or wrong; the message names the option
 * @example
 * const auth = createClassicAuth({ tokenUrl: '/zendesk-chat-token' });
 * document.querySelector('#sign-out')?.addEventListener('click', () => auth.logout());
 */
export function createClassicAuth(options: ClassicAuthOptions): ClassicAuth {
  const products = checkClassicOptions(options);
  if (typeof document === 'undefined') return { reauthenticate() {}, logout() {}, destroy() {} };
  const { tokenTimeoutMs = 10_000, onError = logError } = options;
  const report = (error: ClassicAuthError) => {
    try {
      onError(error);
    } catch (thrown) {
      logError(thrown);
    }
  };
  const supply = createClassicTokenSupply(createSource(options, products), tokenTimeoutMs, report);
  const record = createSignedInRecord();
  // Increases with each cancellation. What was requested before it changes nothing any more.
  let generation = 0;
  let isDestroyed = false;
  let isSignedOut = false;
  let hasAsked = false;
  let handedOverMs = 0;

  async function answer(product: ClassicProduct, callback: (token: string) => void): Promise<void> {
    if (isDestroyed) return;
    hasAsked = true;
    const current = generation;
    // After logout(), the site's session may last a little longer, so the endpoint may still sign tokens.
    const token = isSignedOut ? null : await supply.getToken(product);
    if (current !== generation) return;
    // A user who was signed in before, on an earlier page, for example. An anonymous visitor is left alone.
    if (token === null && record.has(product)) signOut();
    if (!token) return;
    if (!record.has(product)) record.add(product);
    handedOverMs = Date.now();
    callback(token);
  }

  function cancel(): void {
    generation++;
    supply.cancel();
  }

  function signOut(): void {
    cancel();
    // While the widget exchanges a token for a session, nothing cancels that. Then the next page signs the user out once more.
    if (callWidget('logout') && Date.now() - handedOverMs > WIDGET_TIME_MS) record.clear();
  }

  // The widget runs already. Ask first whether somebody is signed in: reauthenticate ends an anonymous visitor's chat.
  async function startLate(): Promise<void> {
    updateSettings();
    const current = generation;
    const tokens = await Promise.all(products.map(supply.getToken));
    if (current !== generation) return;
    // It may have the session of an earlier page, and of another user. While it has one, the help center does not ask.
    if (products.some((product, index) => record.has(product) && tokens[index] !== undefined)) signOut();
    products.forEach((product, index) => tokens[index] && callWidget(`${product}:reauthenticate`));
  }

  /** Whether there is something to do in this page. Reports the wrong widget. */
  function isActive(): boolean {
    if (isDestroyed) return false;
    const isRight = readWidget() !== 'messenger';
    if (!isRight) report(new ClassicAuthError('messenger_widget'));
    return isRight;
  }

  products.forEach((product) => setJwtFn(product, (callback) => void answer(product, callback).catch(logError)));
  // The widget is loaded after this. If it is the messenger, it never asks.
  setTimeout(isActive, WIDGET_TIME_MS);
  if (isActive() && readWidget()) void startLate();
  return {
    reauthenticate() {
      if (!isActive()) return;
      isSignedOut = false;
      cancel();
      if (hasAsked || readWidget()) products.forEach((product) => callWidget(`${product}:reauthenticate`));
    },
    logout() {
      if (!isActive()) return;
      isSignedOut = true;
      signOut();
    },
    destroy() {
      isDestroyed = true;
      cancel();
    },
  };
}

function createSource(
  { getToken, tokenUrl }: ClassicAuthOptions,
  products: readonly ClassicProduct[],
): ClassicTokenSource {
  if (getToken) return async (product, signal) => ({ answer: await getToken({ product, signal }) });
  const requests = products.map((product) => createTokenRequest(findTokenUrl(tokenUrl!, product, products)!, product));
  return (product, signal) => requests[products.indexOf(product)]!(signal);
}
