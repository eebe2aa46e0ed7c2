// The script-tag build: the same names on one global. With `data-key` on its tag it starts by itself.
import { findDoctor, loadScript } from './browser/second-script.js';
import type { Messenger, MessengerOptions } from './index.js';
import { composeMessenger } from './messenger.js';

export * from './index.js';

// Only while the script itself runs: a module or a bundle has none, and starts nothing.
const tag = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
// The attribute is hidden from the page's scripts by the browser; the property is not.
const nonce = tag?.nonce;
const doctor = findDoctor(tag?.src);

/** As in the module build; the token doctor is a second file beside this one. */
export function createMessenger(options: MessengerOptions): Messenger {
  return composeMessenger(options, (createTag) => loadScript(createTag, doctor, nonce), doctor);
}

// The attributes alone: what a page adds to all objects is none.
const { key, tokenUrl, trustedTypesPolicy } = { __proto__: null, ...tag?.dataset } as unknown as DOMStringMap;
if (key !== undefined) {
  const messenger = createMessenger({
    key,
    tokenUrl,
    nonce: nonce || undefined,
    trustedTypesPolicy,
  } as MessengerOptions);
  (window as { zendeskMessenger?: Messenger }).zendeskMessenger = messenger;
  void messenger.login();
}
