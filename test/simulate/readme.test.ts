// A full simulation takes minutes. What the README and docs/ show of it is kept honest by its fingerprint.
import { expect, it } from 'vitest';
import { takeFingerprint } from '../../simulate/fingerprint.js';
import { readWritten } from '../../simulate/written.js';
import { README } from '../docs/read-readme.js';

it('shows what the code does: if not, npm run simulate -- --write', () => {
  const { texts, fingerprint } = readWritten(README);
  expect(takeFingerprint(texts)).toBe(fingerprint);
});
