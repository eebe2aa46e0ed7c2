// The script-tag build: the same names on one global. With `data-key` on its tag it starts by itself.
import { createMessenger, type Messenger, type MessengerOptions } from './index.js';

export * from './index.js';

// Only while the script itself runs: a module or a bundle has none, and starts nothing.
const tag = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
const { key, tokenUrl } = tag?.dataset ?? {};

if (key !== undefined) {
  // The attribute is hidden from the page's scripts by the browser; the property is not.
  const options = { key, tokenUrl, nonce: tag!.nonce || undefined } as MessengerOptions;
  const messenger = createMessenger(options);
  (window as { zendeskMessenger?: Messenger }).zendeskMessenger = messenger;
  void messenger.login();
}
