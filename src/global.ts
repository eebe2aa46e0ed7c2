// The script-tag build: the same exports on one global variable. If the script tag has `data-key`, it starts by itself.
import { logError, logWarning } from './browser/console.js';
import { createTagFactory } from './browser/script-tag.js';
import { findDoctorUrl, findDevtoolsUrl, loadScript } from './browser/second-script.js';
import { findWrongAttributes, nameAttributes } from './browser/tag-attributes.js';
import type { mountDevtools } from './devtools/index.js';
import type { Messenger, MessengerOptions } from './index.js';
import { composeMessenger } from './messenger.js';
import { createOrSubstitute } from './substitute.js';

export * from './index.js';

// The tag exists only while a classic script runs. In a module or a bundle there is none, so nothing starts.
const page = typeof document === 'undefined' ? null : document;
const tag = page?.currentScript as HTMLScriptElement | null | undefined;
// Scripts cannot read the nonce attribute, but they can read the property.
const nonce = tag?.nonce;
const doctorUrl = findDoctorUrl(tag?.src);
const devtoolsUrl = findDevtoolsUrl(doctorUrl);
const ownUrls = [doctorUrl, devtoolsUrl];

/** The same as in the module build, except that the token doctor is a second file next to this one. */
export function createMessenger(options: MessengerOptions): Messenger {
  return createOrSubstitute(options, (given) =>
    composeMessenger(given, (createTag) => loadScript(createTag, doctorUrl, nonce), ownUrls),
  );
}

/** Only where the site's developers allow it and ask for it, because the panel shows who is signed in. */
function showDevtools(messenger: Messenger): void {
  const createTag = createTagFactory(nonce, trustedTypesPolicy, ownUrls);
  loadScript<{ mountDevtools: typeof mountDevtools }>(createTag, devtoolsUrl, nonce)
    .then((exports) => exports.mountDevtools(messenger, { open: true }))
    .catch(logError);
}

// Without a prototype, because a property that the page adds to Object.prototype is not an attribute of the tag.
const attributes = { __proto__: null, ...tag?.dataset } as unknown as DOMStringMap;
const { key, tokenUrl, trustedTypesPolicy, consent, visibility, debug } = attributes;
findWrongAttributes(Object.keys(attributes)).forEach(logWarning);
if (key !== undefined) {
  try {
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
    if (debug !== undefined && debug !== 'allow') logWarning('data-debug must be allow.');
    else if (debug && /[?&]zendesk-debug(=|&|$)/.test(location.search)) showDevtools(messenger);
  } catch (error) {
    logError(tokenUrl ? nameAttributes((error as Error).message) : 'data-token-url is missing. Add it.');
  }
} else if (tokenUrl !== undefined) logError('data-key is missing. Add it.');
// A module cannot find its own tag.
else if (
  page?.querySelector(
    'script[type=module][src*="zendesk-messenger-auth"][src*=".iife."],script[type=module][data-token-url]',
  )
)
  logError('This file is not a module. Remove type="module".');
