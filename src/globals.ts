/**
 * The types of the global variables on a page with Zendesk's messenger or the script-tag build: `window.zE`,
 * `window.zendeskMessenger` and `ZendeskMessengerAuth`. Opt in with `import 'zendesk-messenger-auth/globals'` in one file, or
 * with `"types": ["zendesk-messenger-auth/globals"]` in `tsconfig.json`. It contains nothing that runs.
 *
 * The variables exist only after their script has run. The types do not say so.
 *
 * @module zendesk-messenger-auth/globals
 */
import type * as library from './index.js';

// Only `var` declares a member of `window`. A site that has declared `window.zE` itself, in the interface Window, has no
// conflict.
declare global {
  /** Zendesk's function. Exists when Zendesk's script has run, or after the first call of the library. */
  var zE: library.ZendeskZE;
  /** The messenger of a script tag with `data-key`. Exists when the library's script has run. */
  var zendeskMessenger: library.Messenger;
  /** The library in the script-tag build. Exists when the library's script has run. */
  var ZendeskMessengerAuth: typeof library;
}
