// @vitest-environment jsdom
// What the real messenger did in scripted scenarios, replayed on the fake. A difference is a defect of the fake.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { replayTrace, type Scenario } from './replay-trace.js';
import { useFakePage } from './start-messenger.js';

useFakePage();

const ROOT = join(import.meta.dirname, '../..');
// The second one exists where the project is developed. It may have more scenarios than the copy.
const FILES = ['test/testing/messenger-traces.json', '../shared/messenger-traces.json'].filter((file) =>
  existsSync(join(ROOT, file)),
);
const BUILDS = [
  ['B25', 'b25'],
  ['B26', 'b26'],
] as const;

const readScenarios = (file: string): readonly Scenario[] =>
  (JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as { scenarios: Scenario[] }).scenarios;

const createTitle = ({ facts, name }: Scenario): string =>
  [...facts.map((fact) => `[${['M', fact].join(' ')}]`), name].join(' ');

/** Requests that are under way together may arrive in either order. */
const sort = (requests: readonly unknown[]): string[] =>
  requests.map((request) => JSON.stringify(Object.entries(request as object).sort())).sort();

describe.each(FILES)('%s', (file) => {
  it('has the scenarios that were recorded', () => expect(readScenarios(file).length).toBeGreaterThanOrEqual(28));

  describe.each(BUILDS)('%s', (build, recorded) => {
    it.each(readScenarios(file).map((scenario) => ({ ...scenario, title: createTitle(scenario) })))(
      '$title',
      async (scenario) => {
        const replayed = await replayTrace(scenario, build);
        const { page, requests, stored } = scenario.observed[recorded];
        expect(replayed.page).toEqual(page);
        expect(sort(replayed.requests)).toEqual(sort(requests));
        expect(replayed.stored).toEqual(stored);
      },
    );
  });
});
