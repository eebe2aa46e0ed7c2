import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it.each(['index', 'script-tag'])('%s.html disables every button until its script has run', (name) => {
  const buttons = readFileSync(`examples/${name}.html`, 'utf8').match(/<button[^>]*>/g)!;
  expect(buttons.length).toBeGreaterThan(2);
  for (const button of buttons) expect(button).toContain('aria-disabled="true"');
});
