// The page's own texts about findings are what the code says now.
import { expect, it } from 'vitest';
import { composeKnownFindings, PATH, readKnownFindings } from '../../tools/docs/known-findings.js';

it('the texts of the findings are up to date', async () => {
  expect(readKnownFindings() === (await composeKnownFindings()), `${PATH} is stale. Run: npm run docs:tables`).toBe(
    true,
  );
});
