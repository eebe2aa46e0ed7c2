import { composeMessenger, type Messenger } from './messenger.js';
import type { MessengerOptions } from './options.js';
import { createOrSubstitute } from './substitute.js';

/**
 * Creates a messenger.
 *
 * It does not load anything and does not change the page until you call `load()`, `login()`, `setUser()`, `zE()` or
 * `on()`. It also works on a server: there, `load()`, `login()` and `setUser()` reject with `no_window`, and `zE()` and `on()` do nothing. Use
 * only one messenger on a page at a time, because two would replace each other's sign-in.
 *
 * @param options - the key, the source of tokens, and limits; see {@link MessengerOptions}
 * @throws MessengerAuthError `invalid_option` if an option is missing, unknown or wrong; the message names the option
 * @example
 * const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
 * await messenger.setUser('your-user-id');
 */
export function createMessenger(options: MessengerOptions): Messenger {
  // The token doctor is a separate chunk, which is loaded only when a sign-in fails.
  return createOrSubstitute(options, (given) => composeMessenger(given, () => import('./inspect/explain.js')));
}
