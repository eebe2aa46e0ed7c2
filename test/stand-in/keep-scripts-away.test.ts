// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it } from 'vitest';
import { keepLinksAway, keepScriptsAway } from '../../src/stand-in/keep-scripts-away.js';

const SNIPPET = 'https://static.zdassets.com/ekr/snippet.js?key=1';
let undo: (() => void)[];

beforeEach(() => {
  undo = [keepScriptsAway(window), keepLinksAway(window)];
});
afterEach(() => undo.forEach((each) => each()));

const script = () => document.createElement('script');

it.each([
  ['the property', (tag: HTMLScriptElement) => (tag.src = SNIPPET)],
  ['an attribute', (tag: HTMLScriptElement) => tag.setAttribute('src', SNIPPET)],
  ['an attribute in capitals', (tag: HTMLScriptElement) => tag.setAttribute('SRC', SNIPPET)],
  ['an object, as with Trusted Types', (tag: HTMLScriptElement) => (tag.src = { toString: () => SNIPPET } as string)],
])('a script of Zendesk that is set as %s has no src, and says that it has one', (_, set) => {
  const tag = script();
  set(tag);
  expect(tag.hasAttribute('src')).toBe(false);
  expect(tag.src).toBe(SNIPPET);
});

it.each(['https://shop.example/zdassets.com/app.js', 'https://zdassets.com.shop.example/app.js', '/app.js'])(
  'the script %s is left alone',
  (src) => {
    const [first, second] = [script(), script()];
    first.src = src;
    second.setAttribute('src', src);
    for (const tag of [first, second]) {
      expect(tag.getAttribute('src')).toBe(src);
      expect(tag.src).toBe(new URL(src, location.href).href);
    }
  },
);

it('a tag that gets another src is no script of Zendesk any more', () => {
  const tag = script();
  tag.src = SNIPPET;
  tag.src = '/app.js';
  expect(tag.src).toBe(new URL('/app.js', location.href).href);
});

it('no link connects to Zendesk, and other links stay', () => {
  const link = document.createElement('link');
  link.href = 'https://ekr.zdassets.com';
  expect(link.hasAttribute('href')).toBe(false);
  link.setAttribute('href', 'https://fake-account.zendesk.com/');
  expect(link.hasAttribute('href')).toBe(false);
  link.href = '/style.css';
  expect(link.getAttribute('href')).toBe('/style.css');
});

it('everything is as before after it is undone', () => {
  undo.forEach((each) => each());
  undo = [];
  const tag = script();
  tag.setAttribute('src', SNIPPET);
  expect(tag.getAttribute('src')).toBe(SNIPPET);
  expect(Object.hasOwn(HTMLScriptElement.prototype, 'setAttribute')).toBe(false);
});
