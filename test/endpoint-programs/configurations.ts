// What every token endpoint says when it is started with a wrong key id or secret.
import { expect, it } from 'vitest';
import type { FoundProgram } from './find-programs.js';
import type { Command } from './programs.js';
import { CONFIGURATION, runProgram } from './start-program.js';

const { ZENDESK_KEY_ID: KEY_ID, ZENDESK_SECRET: SECRET } = CONFIGURATION;
const API_KEY = KEY_ID.replace('app_', 'act_');

const WRONG: readonly (readonly [
  name: string,
  keyId: string | undefined,
  secret: string | undefined,
  about: string,
])[] = [
  ['no key id', undefined, SECRET, 'ZENDESK_KEY_ID'],
  ['no secret', KEY_ID, undefined, 'ZENDESK_SECRET'],
  ['an empty secret', KEY_ID, '', 'ZENDESK_SECRET'],
  ['a key id in quotes', `"${KEY_ID}"`, SECRET, 'ZENDESK_KEY_ID'],
  ['a secret in quotes', KEY_ID, `'${SECRET}'`, 'ZENDESK_SECRET'],
  ['a secret with a line break', KEY_ID, `${SECRET}\n`, 'ZENDESK_SECRET'],
  ['a key id that is too short', KEY_ID.slice(0, -1), SECRET, 'ZENDESK_KEY_ID'],
  ['a key id with a line break in it', `${KEY_ID}\n${KEY_ID}`, SECRET, 'ZENDESK_KEY_ID'],
  ['an API key', API_KEY, SECRET, 'act_'],
  ['both exchanged', SECRET, KEY_ID, 'exchanged'],
];

/** Tests of a program that is started with a wrong configuration. */
export function testConfigurations(program: FoundProgram, command: () => Command): void {
  it.each(WRONG)('does not start with %s, and says what to do', async (_, keyId, secret, about) => {
    const environment = { ...program.environment, ZENDESK_KEY_ID: keyId, ZENDESK_SECRET: secret };
    const ended = await runProgram(command(), environment);
    if ('port' in ended) await ended.stop();
    expect(ended).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(program.settingNames?.[about] ?? about),
    });
    const { stderr } = ended as { readonly stderr: string };
    expect(stderr).toMatch(/^[^\n]+\.(?: \[\w+\])?\r?\n$/);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain(KEY_ID.slice('app_'.length, -1));
  });
}
