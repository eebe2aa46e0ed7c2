// The script-tag build: the same names on one global. With `data-key` on its tag it starts by itself.
import { findDoctor, loadScript } from './browser/second-script.js';
import type { Messenger, MessengerOptions } from './index.js';
import { composeMessenger } from './messenger.js';

export * from './index.js';

// Only while the script itself runs: a module or a bundle has none, and starts nothing.
const tag = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
// The attribute is hidden from the page's scripts by the browser; the property is not.
const { src, nonce, dataset } = tag ?? {};

/** As in the module build; the token doctor is a second file beside this one. */
export function createMessenger(options: MessengerOptions): Messenger {
  // Not the options, which hold the site's callbacks.
  const { nonce: own = nonce } = options;
  return composeMessenger(options, () => loadScript(findDoctor(src), own));
}

if (dataset?.['key'] !== undefined) {
  const { key, tokenUrl } = dataset;
  const messenger = createMessenger({ key, tokenUrl, nonce: nonce || undefined } as MessengerOptions);
  (window as { zendeskMessenger?: Messenger }).zendeskMessenger = messenger;
  void messenger.login();
}
