import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { listErrors } from './tokens.js';

interface Case {
  name: string;
  nowS: number;
  token: unknown;
  errors: string[];
  secret?: string;
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as { cases: Case[] };
const COPY = 'test/inspect/token-cases.json';
const SHARED = '../shared/token-cases.json';

describe('the test cases that the backends share', () => {
  if (existsSync(SHARED)) {
    it('are the same in this copy', () => expect(read(COPY)).toEqual(read(SHARED)));
  }

  it('are at least 18', () => {
    expect(read(COPY).cases.length).toBeGreaterThanOrEqual(18);
  });

  it.each(read(COPY).cases)('have the expected errors: $name', async ({ token, nowS, errors, secret }) => {
    const findings = [
      ...inspectToken(token, { nowMs: nowS * 1000 }),
      ...(secret === undefined ? [] : await checkSignature(token, secret)),
    ];
    expect(listErrors(findings).sort()).toEqual([...errors].sort());
  });
});
