// The script-tag build: the same exports on one global variable. If the script tag has `data-key`, it starts by itself.
import { findDoctorUrl, loadScript } from './browser/second-script.js';
import type { Messenger, MessengerOptions } from './index.js';
import { composeMessenger } from './messenger.js';

export * from './index.js';

// The tag exists only while a classic script runs. In a module or a bundle there is none, so nothing starts.
const tag = typeof document === 'undefined' ? null : (document.currentScript as HTMLScriptElement | null);
// Scripts cannot read the nonce attribute, but they can read the property.
const nonce = tag?.nonce;
const doctorUrl = findDoctorUrl(tag?.src);

/** The same as in the module build, except that the token doctor is a second file next to this one. */
export function createMessenger(options: MessengerOptions): Messenger {
  return composeMessenger(options, (createTag) => loadScript(createTag, doctorUrl, nonce), doctorUrl);
}

// Without a prototype, because a property that the page adds to Object.prototype is not an attribute of the tag.
const { key, tokenUrl, trustedTypesPolicy, consent, visibility } = {
  __proto__: null,
  ...tag?.dataset,
} as unknown as DOMStringMap;
if (key !== undefined) {
  const messenger = createMessenger({
    key,
    tokenUrl,
    nonce,
    trustedTypesPolicy,
    consent,
    visibility,
  } as MessengerOptions);
  (window as { zendeskMessenger?: Messenger }).zendeskMessenger = messenger;
  void messenger.login();
}
