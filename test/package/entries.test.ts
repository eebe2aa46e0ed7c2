import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';

// What is shipped, under its own name, as a server that renders a page would load it. Needs `npm run build` first.
const require = createRequire(import.meta.url);
const globalsBefore = Reflect.ownKeys(globalThis);

describe.each(['', '/inspect', '/testing'].map((entry) => `zendesk-messenger-auth${entry}`))('%s', (entry) => {
  let esm: Record<string, unknown>;
  let cjs: Record<string, unknown>;

  beforeAll(async () => {
    expect(typeof window).toBe('undefined');
    esm = await import(/* @vite-ignore */ entry);
    cjs = require(entry);
  });

  it('loads without a window, as ESM and as CommonJS, and leaves no global behind', () => {
    expect(Object.keys(esm)).not.toEqual([]);
    expect(Reflect.ownKeys(globalThis)).toEqual(globalsBefore);
  });

  it('has the same names in both, and no default export', () => {
    expect(Object.keys(cjs).sort()).toEqual(Object.keys(esm).sort());
    expect(Object.keys(esm)).not.toContain('default');
  });
});

describe('zendesk-messenger-auth', () => {
  it('is loaded from ESM and CommonJS files of its own', () => {
    expect(import.meta.resolve?.('zendesk-messenger-auth') ?? '').toMatch(/dist\/index\.js$|^$/);
    expect(require.resolve('zendesk-messenger-auth')).toMatch(/index\.cjs$/);
  });
});

describe('the script tag', () => {
  it('tells Chromium, in its first line, to compile it beside the main thread', () => {
    const script = readFileSync('dist/zendesk-messenger-auth.iife.min.js', 'utf8');
    expect(script.split('\n')[0]).toBe('//# allFunctionsCalledOnLoad');
  });
});
