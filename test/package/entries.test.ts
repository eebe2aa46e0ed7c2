import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';

// Imports the package by its name in Node, as a server that renders pages does. Needs `npm run build` first.
const require = createRequire(import.meta.url);
const globalsBefore = Reflect.ownKeys(globalThis);

const nameOf = (entry: string) => `zendesk-messenger-auth${entry}`;

describe.each(['', '/inspect', '/classic', '/launcher', '/server', '/testing', '/devtools'].map(nameOf))(
  '%s',
  (entry) => {
    let esm: Record<string, unknown>;
    let cjs: Record<string, unknown>;

    beforeAll(async () => {
      expect(typeof window).toBe('undefined');
      esm = await import(/* @vite-ignore */ entry);
      cjs = require(entry);
    });

    it('loads without a window, as ESM and as CommonJS, and defines no global', () => {
      expect(Object.keys(esm)).not.toEqual([]);
      expect(Reflect.ownKeys(globalThis)).toEqual(globalsBefore);
    });

    it('exports the same names in both, and no default', () => {
      expect(Object.keys(cjs).sort()).toEqual(Object.keys(esm).sort());
      expect(Object.keys(esm)).not.toContain('default');
    });
  },
);

describe('zendesk-messenger-auth/globals', () => {
  it('contains only types, and can be imported nevertheless', async () => {
    const entry = 'zendesk-messenger-auth/globals';
    expect(Object.keys(await import(/* @vite-ignore */ entry))).toEqual([]);
    expect(require(entry)).toEqual({});
    expect(Reflect.ownKeys(globalThis)).toEqual(globalsBefore);
  });
});

describe('zendesk-messenger-auth/testing/setup and /dev', () => {
  it('do nothing without a window', async () => {
    const names = Object.keys(require('zendesk-messenger-auth/testing/setup'));
    expect(Object.keys(await import(/* @vite-ignore */ 'zendesk-messenger-auth/testing/setup')).sort()).toEqual(
      names.sort(),
    );
    expect(Object.keys(await import(/* @vite-ignore */ 'zendesk-messenger-auth/dev'))).toEqual([]);
    expect(Reflect.ownKeys(globalThis)).toEqual(globalsBefore);
  });
});

describe('zendesk-messenger-auth', () => {
  it('has different files for ESM and CommonJS', () => {
    expect(import.meta.resolve?.('zendesk-messenger-auth') ?? '').toMatch(/dist\/index\.js$|^$/);
    expect(require.resolve('zendesk-messenger-auth')).toMatch(/index\.cjs$/);
  });
});

describe('the script tag', () => {
  it('tells Chromium in its first line to compile it outside the main thread', () => {
    const script = readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8');
    expect(script.split('\n')[0]).toBe('//# allFunctionsCalledOnLoad');
  });
});

// After the others, because the frameworks themselves define globals.
describe.each(['/react', '/vue', '/svelte', '/angular'].map(nameOf))('%s', (entry) => {
  it('loads without a window, as ESM and as CommonJS, with the same names', async () => {
    const names = Object.keys(await import(/* @vite-ignore */ entry)).sort();
    expect(names[0]).toMatch(/^(use|inject)Messenger$/);
    expect(Object.keys(require(entry) as object).sort()).toEqual(names);
  });
});

it('the entry for React says that it belongs to the browser, in its first line', () => {
  for (const name of ['react.js', 'react.cjs'])
    expect(readFileSync(`dist/${name}`, 'utf8').split('\n')[0]).toBe("'use client';");
});
