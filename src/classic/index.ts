/**
 * Signs visitors in to the Web Widget (Classic). Start with {@link createClassicAuth}. Importing this module has no side
 * effects.
 *
 * @module zendesk-messenger-auth/classic
 */
export { createClassicAuth, type ClassicAuth } from './create-classic-auth.js';
export { ClassicAuthError, type ClassicErrorCode } from './errors.js';
export type { ClassicAuthOptions, ClassicProduct, ClassicTokenUrls, GetClassicToken } from './options.js';
export type { TokenRequest, TokenResult } from '../options.js';
