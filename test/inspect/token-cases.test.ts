import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { mergeFindings } from '../../src/inspect/merge-findings.js';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { listCodes, listErrors } from './tokens.js';

interface Case {
  name: string;
  nowS: number;
  token: unknown;
  errors: string[];
  secret?: string;
}

/** More rules, in the second file: see its `about`. */
interface StrictCase extends Case {
  warnings?: string[];
  exact?: boolean;
  first?: string;
  absent?: string[];
  once?: boolean;
}

const read = <Kind extends Case>(path: string) => JSON.parse(readFileSync(path, 'utf8')) as { cases: Kind[] };
const FILES = ['token-cases.json', 'token-cases-2.json'];
const [FIRST, SECOND] = FILES.map((name) => `test/inspect/${name}`) as [string, string];

// A line break at the end was an error when the first file was written. Browsers remove it, so it is a warning now.
const NOW_WARNINGS: Readonly<Record<string, string[]>> = { 'a line break after the token': ['whitespace'] };

async function examine({ token, nowS, secret }: Case) {
  const inspected = inspectToken(token, { nowMs: nowS * 1000 });
  return { inspected, checked: secret === undefined ? [] : await checkSignature(token, secret) };
}

describe('the test cases that the backends share', () => {
  it.each(FILES.filter((name) => existsSync(`../shared/${name}`)))('are the same in the copy of %s', (name) => {
    expect(read(`test/inspect/${name}`)).toEqual(read(`../shared/${name}`));
  });

  it('are at least 18 and 13', () => {
    expect(read(FIRST).cases.length).toBeGreaterThanOrEqual(18);
    expect(read(SECOND).cases.length).toBeGreaterThanOrEqual(13);
  });

  it.each(read(FIRST).cases)('have the expected errors: $name', async (one) => {
    const { inspected, checked } = await examine(one);
    const warnings = NOW_WARNINGS[one.name] ?? [];
    const findings = [...inspected, ...checked];
    expect(listErrors(findings).sort()).toEqual(one.errors.filter((code) => !warnings.includes(code)).sort());
    expect(listCodes(findings)).toEqual(expect.arrayContaining(warnings));
  });

  it.each(read<StrictCase>(SECOND).cases)('keep all rules: $name', async (one) => {
    const { inspected, checked } = await examine(one);
    // Also without mergeFindings, nothing is reported twice.
    for (const findings of [[...inspected, ...checked], mergeFindings(inspected, checked)]) {
      const [codes, errors] = [listCodes(findings), listErrors(findings)];
      const warnings = listCodes(findings.filter(({ severity }) => severity === 'warning'));
      expect(errors).toEqual(expect.arrayContaining(one.errors));
      expect(warnings).toEqual(expect.arrayContaining(one.warnings ?? []));
      if (one.exact) expect(errors.sort()).toEqual([...one.errors].sort());
      if (one.first !== undefined) expect(codes[0]).toBe(one.first);
      if (one.once) expect(new Set(codes).size).toBe(codes.length);
      for (const code of one.absent ?? []) expect(codes).not.toContain(code);
    }
  });
});
