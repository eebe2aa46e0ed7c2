// A README that fits on a few screens: everything else is in the documentation site.
import { expect, it } from 'vitest';
import { README } from './read-docs.js';

const bytes = (text: string) => new TextEncoder().encode(text).length;

it('has 10 kB at most', () => {
  expect(bytes(README)).toBeLessThanOrEqual(10_000);
});

it('says how to install the package within the first 2,000 bytes', () => {
  const [before, after] = README.split('npm install zendesk-messenger-auth\n');
  expect(after).toBeDefined();
  expect(bytes(before!)).toBeLessThan(2000);
});
