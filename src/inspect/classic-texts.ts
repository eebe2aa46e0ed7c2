// What the findings must say differently about a token for the Web Widget (Classic): it has no key id, minutes of lifetime, and
// a secret from another page.
import { KID_LINES } from './backends.js';

export type Replacement = readonly [text: string, by: string];

// The parts of a backend's line that set the key id or the lifetime.
const IN_LINES: readonly Replacement[] = [
  [', kid: keyId', ''],
  ["{ algorithm: 'HS256', keyid: keyId }", "{ algorithm: 'HS256' }"],
  [', { keyid: keyId }', ''],
  [', $keyId', ''],
  [', headers={"kid": key_id}', ''],
  ['kid: key_id, ', ''],
  [' { KeyId = keyId }', ''],
  [' + 900', ' + 300'],
  ['AddMinutes(15)', 'AddMinutes(5)'],
];

/* @__NO_SIDE_EFFECTS__ */
const listTexts = (name: string, place: string): readonly Replacement[] => [
  [' The messenger adds the Authorization header itself.', ''],
  [' instead of the key id', ''],
  [', not of a key for messaging (app_…)', ''],
  [', not "user"', ''],
  [', so it never expires', ''],
  ['10 minutes to 1 hour', '5 minutes'],
  [
    "Set iat to the time of signing. Then a wrong clock on the visitor's computer does not matter.",
    'Set iat to the time of signing, in seconds since 1970.',
  ],
  [` Set kid to the key id (app_…).${KID_LINES}`, ' Remove kid.'],
  ['Create a new key in the Admin Center and delete this one.', `Generate a new secret in ${place}.`],
  ['create a new key in the Admin Center and delete this one.', `generate a new secret in ${place}.`],
  [
    'Sign with a key for messaging (app_…) and the scope "user".',
    `Sign with the secret for ${name}, without kid and scope.`,
  ],
  ['Use the secret that belongs to this kid,', `Use the secret for ${name},`],
  ['if you have lost it, create a new key.', `if you have lost it, generate a new one in ${place}.`],
  [
    'Give the shared secret of the key. The Admin Center shows it when the key is created.',
    `Give the shared secret for ${name}. Zendesk shows it only when it is generated, in ${place}.`,
  ],
  ...IN_LINES,
];

export const CHAT_TEXTS = listTexts('the chat', 'the Chat dashboard (Settings > Widget > Widget Security)');
export const HELP_CENTER_TEXTS = listTexts(
  'the help center',
  'the Admin Center (Channels > Classic > Web Widget > Security)',
);
