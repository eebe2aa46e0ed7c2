// What a shared secret of Zendesk looks like: 64 bytes as base64url.
import { trimSecret } from './secret-mistakes.js';

// Letters of both cases and a digit, so that 86 equal letters or a long word are no secret.
const SECRET = /^(?=.*\d)(?=.*[a-z])(?=.*[A-Z])[\w-]{86}$/;

/** Whether the text has the shape of a shared secret, apart from white space and quotes around it. An HS512 signature has the same one. */
export function looksLikeSecret(text: string): boolean {
  return SECRET.test(trimSecret(text));
}
