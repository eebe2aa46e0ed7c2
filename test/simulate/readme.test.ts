// A full simulation takes minutes. What the README and docs/ show of it is kept honest by its fingerprint.
import { expect, it } from 'vitest';
import { takeFingerprint } from '../../simulate/fingerprint.js';
import { FLEETS, TABS } from '../../simulate/scenarios.js';
import { readWritten } from '../../simulate/written.js';
import { README } from '../docs/read-readme.js';

it('shows what the code does: if not, npm run simulate -- --write', () => {
  const { texts, fingerprint } = readWritten(README);
  expect(takeFingerprint(texts)).toBe(fingerprint);
});

it('shows every one of the tabs, not a part of them', () => {
  const [table] = README.split('<!-- simulate -->')[1]!.match(/\| What happens[^]*?\n\n/)!;
  const tabs = table
    .trim()
    .split('\n')
    .slice(2)
    .map((row) => row.split('|')[2]!.trim());
  expect(tabs).toEqual(FLEETS.map(() => TABS.toLocaleString('en')));
});
