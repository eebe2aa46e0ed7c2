// Lets a test or a demonstration take the place of every messenger on a page.
import type { Messenger } from './messenger.js';
import type { MessengerOptions } from './options.js';

/**
 * Returns the messenger that the page gets.
 *
 * @param options - what the page passed to `createMessenger`, unchecked
 * @param create - creates a real messenger; it throws what `createMessenger` throws
 */
export type Substitute = (options: MessengerOptions, create: (options: MessengerOptions) => Messenger) => Messenger;

type Globals = Partial<Record<symbol, Substitute>>;

/**
 * Returns where the substitute is. It is a registered symbol, because the library and the substitute come from different
 * bundles, and because an element of the page can have any other name. It is a function, so that a bundle that does not
 * create a messenger contains nothing of it.
 */
export const substituteKey = () => Symbol.for('zendesk-messenger-auth.substitute');

/** Sets the substitute. `undefined` removes it. */
export function setSubstitute(substitute: Substitute | undefined): void {
  const globals = globalThis as Globals;
  if (substitute) globals[substituteKey()] = substitute;
  else delete globals[substituteKey()];
}

/**
 * Creates a messenger, or asks the substitute for one. Only `zendesk-messenger-auth/testing/setup` and
 * `zendesk-messenger-auth/dev` set a substitute. On other pages there is none.
 */
export const createOrSubstitute: Substitute = (options, create) => {
  const substitute = (globalThis as Globals)[substituteKey()];
  return substitute ? substitute(options, create) : create(options);
};
