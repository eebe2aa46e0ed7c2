// The buttons of the playground, and what is said about each.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { loadModule } from './load-module.js';

const { STEPS } = await loadModule('steps');
const { withLibrary } = await loadModule('with-library');
const { handWritten } = await loadModule('hand-written');

const HTML = readFileSync('examples/playground/index.html', 'utf8');
const ACTIONS = HTML.slice(HTML.indexOf('<section class="actions"'), HTML.indexOf('</section>'));

it('each step has code in both pages', () => {
  for (const { part } of Object.values<{ part: string }>(STEPS)) {
    expect([typeof withLibrary[part], typeof handWritten[part]]).toEqual(['function', 'function']);
  }
});

it('each button and each setting of the endpoint has a step', () => {
  const ids = [...ACTIONS.matchAll(/<(?:button|input)[^>]* id="([\w-]+)"/g)].map(([, id]) => id!);
  // One button withdraws the consent and gives it. Comparing is no step of the visitor.
  const steps = ids.flatMap((id) =>
    id === 'consent' ? ['consent-none', 'consent-all'] : id === 'compare' ? [] : [id],
  );
  expect(steps.length).toBeGreaterThan(10);
  expect(Object.keys(STEPS)).toEqual(expect.arrayContaining(steps));
});

it('no action can be used before the page’s script has run', () => {
  const buttons = ACTIONS.match(/<button[^>]*>/g)!;
  expect(buttons.length).toBeGreaterThan(8);
  for (const button of buttons) expect(button).toContain('aria-disabled="true"');
});
