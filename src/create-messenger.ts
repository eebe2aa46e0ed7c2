import { composeMessenger, type Messenger } from './messenger.js';
import type { MessengerOptions } from './options.js';

/**
 * Makes a messenger. Touches nothing until `load()`, `login()`, `zE()` or `on()` is called, and works on a server
 * without a window, where `login()` and `load()` reject with `no_window`.
 *
 * @throws MessengerAuthError `invalid_option`, naming the option
 * @example
 * const messenger = createMessenger({ key: '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', tokenUrl: '/zendesk-token' });
 * await messenger.login();
 */
export function createMessenger(options: MessengerOptions): Messenger {
  // A chunk of its own, which is loaded when a sign-in fails.
  return composeMessenger(options, () => import('./inspect/explain.js'));
}
