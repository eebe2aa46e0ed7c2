// What `zendesk-messenger-auth/devtools` may ask of a messenger, in addition to the public API.
import type { MessengerEvent } from './core/events.js';

/** Every messenger has one, at `devtoolsKey()`. It tells nothing that `onEvent` and the snapshot do not tell. */
export interface DevtoolsHook {
  /**
   * Passes every event to the listener from now on, before `onEvent` gets it. The site's `onEvent` stays as it is. There is one
   * listener: another one replaces it, and `undefined` removes it.
   *
   * @param listener - must not throw
   */
  observe(listener: ((event: MessengerEvent) => void) | undefined): void;
  /**
   * Requests the next token now, or as soon as nothing forbids it: the distance between two requests, the back-off, the limit
   * after refusals, a hidden tab. Without a current token, does nothing.
   */
  renew(): void;
}

/**
 * Returns the name of the property. It is a registered symbol, because the messenger and the devtools come from different
 * bundles. A copy of a messenger made with spread syntax has it, too. It is a function, so that a bundle that creates no
 * messenger contains nothing of it.
 */
export const devtoolsKey = () => Symbol.for('zendesk-messenger-auth.devtools');

/** Returns the hook of a messenger. `undefined`: an older version of the library has made it, or it is none. */
export function findHook(messenger: object): DevtoolsHook | undefined {
  return (messenger as { [key: symbol]: DevtoolsHook | undefined })[devtoolsKey()];
}
