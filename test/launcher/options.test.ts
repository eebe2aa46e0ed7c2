// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { createLauncher, type LauncherOptions } from '../../src/launcher/index.js';
import { stubMessenger } from './stub-messenger.js';

const right = { label: 'Support', load: () => stubMessenger().messenger };
const create = (options: unknown) => createLauncher(options as LauncherOptions);
const SECRET = 'a value that the message must not have';

afterEach(() => document.body.replaceChildren());

it.each([
  ['load', { load: undefined }],
  ['load', { load: 'messenger' }],
  ['label', { label: undefined }],
  ['label', { label: ' ' }],
  ['label', { label: 5 }],
  ['position', { position: 'top' }],
  ['position', { position: 'lefty' }],
  ['color', { color: '' }],
  ['color', { color: 0xffffff }],
  ['preload', { preload: 'visible' }],
  ['preload', { preload: true }],
  ['fallback', { fallback: 'mailto:help@shop.example' }],
  ['fallback.label', { fallback: { href: '/contact' } }],
  ['fallback.href', { fallback: { label: 'Write to us', href: '' } }],
  ['signIn', { signIn: 'user-1' }],
  ['loadingText', { loadingText: '' }],
  ['failedText', { failedText: null }],
  ['onError', { onError: console }],
  ['colour', { colour: 'red' }],
  ['toString', { toString: 'own' }],
])('names the option %s when it is wrong: %j', (name, wrong) => {
  expect(() => create({ ...right, ...wrong })).toThrow(
    new TypeError(`createLauncher: the option ${name} is missing, unknown or wrong.`),
  );
  expect(document.body.childElementCount).toBe(0);
});

it.each([[undefined], [null], [{}]])('names the first missing option of %j', (options) => {
  expect(() => create(options)).toThrow(/the option load is missing/);
});

it('tells no value', () => {
  expect(() => create({ ...right, position: SECRET })).toThrow(expect.not.stringContaining(SECRET) as never);
});

it('accepts every option, and undefined for all that are not required', () => {
  const all: LauncherOptions = {
    ...right,
    signIn: () => {},
    position: 'left',
    color: 'rebeccapurple',
    preload: 'idle',
    fallback: { label: 'Write to us', href: '/contact' },
    loadingText: 'Wird geladen …',
    failedText: 'Das hat nicht geklappt.',
    onError: () => {},
  };
  create(all).destroy();
  const none = Object.fromEntries(Object.keys(all).map((name) => [name, undefined]));
  create({ ...none, ...right }).destroy();
});
