import { afterEach, describe, expect, it, vi } from 'vitest';
import { createReport, type FullReport } from '../../src/cli/create-report.js';
import { examineEndpoint } from '../../src/endpoint-check/examine-endpoint.js';
import { fetchToken } from '../../src/endpoint-check/fetch-token.js';
import { checkTokenEndpoint } from '../../src/testing/index.js';
import { ANSWERS, type EndpointAnswer } from '../endpoints/answers.js';
import { serveAnswer } from '../endpoints/serve-answer.js';
import { startServer, type Server } from '../endpoints/start-server.js';

let server: Server;
afterEach(() => {
  vi.unstubAllGlobals();
  return server.close();
});

async function start(row: EndpointAnswer, atMs = Date.now()): Promise<void> {
  server = await startServer((response, count) => {
    serveAnswer(row, server.requests[count - 1]!, response, { atMs, count });
  });
}

async function examine(row: EndpointAnswer, atMs?: number): Promise<FullReport> {
  await start(row, atMs);
  const examination = await examineEndpoint(server.url, [], { fetchToken, wait: async () => {}, caller: 'command' });
  return createReport(examination, undefined, undefined);
}

describe('the command', () => {
  it.each(ANSWERS.map((row) => [row.name, row] as const))('judges %s', async (_name, row) => {
    const { findings, isOk } = await examine(row);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([...row.findings].sort());
    expect(isOk ? 0 : 1).toBe(row.exitCode);
  });
});

describe('checkTokenEndpoint', () => {
  /** Does not wait for the next second. No answer of the table depends on it, because its tokens differ anyway. */
  function skipWaits(): void {
    const { setTimeout: startTimer } = globalThis;
    vi.stubGlobal('setTimeout', (run: () => void, ms: number) => startTimer(run, ms === 1100 ? 0 : ms));
  }

  it.each(ANSWERS.map((row) => [row.name, row] as const))('finds what the command finds in %s', async (_name, row) => {
    const atMs = Date.now();
    const ofCommand = (await examine(row, atMs)).findings;
    await server.close();
    await start(row, atMs);
    skipWaits();
    const ofFunction = await checkTokenEndpoint(server.url);
    // They differ only in how a header is added.
    const isSame = (index: number) => !/header-file|header file/.test(ofCommand[index]?.remedy ?? '');
    expect(ofFunction).toEqual(
      ofCommand.map((finding, index) => (isSame(index) ? finding : { ...finding, remedy: expect.any(String) })),
    );
    for (const { remedy } of ofFunction) expect(remedy).not.toMatch(/header-file|header file|command/);
  });
});

// A row is for two tests. These are what its two halves must have in common.
describe('the table', () => {
  it.each(ANSWERS.map((row) => [row.name, row] as const))(
    'expects the same of the library and the command for %s',
    (_name, row) => {
      const has = (code: string) => row.findings.some((finding) => finding.endsWith(` ${code}`));
      if (row.status === undefined || row.status < 300) expect(has('endpoint_nobody')).toBe(row.library === 'nobody');
      expect(has('endpoint_surrounded')).toBe(row.library === 'surrounded');
      const isAccepted = ['signed in', 'surrounded', 'nobody'].includes(row.library);
      expect(row.exitCode).toBe(isAccepted || has('endpoint_wants_more') ? 0 : 1);
      expect(row.findings.some((finding) => finding.startsWith('error'))).toBe(row.exitCode === 1);
    },
  );

  it('has no name twice', () => {
    expect(new Set(ANSWERS.map(({ name }) => name)).size).toBe(ANSWERS.length);
  });
});
