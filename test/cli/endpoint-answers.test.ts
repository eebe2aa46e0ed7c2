import { afterEach, describe, expect, it } from 'vitest';
import { createReport, type FullReport } from '../../src/cli/create-report.js';
import { examineEndpoint } from '../../src/cli/examine-endpoint.js';
import { fetchToken } from '../../src/cli/fetch-token.js';
import { ANSWERS, type EndpointAnswer } from '../endpoints/answers.js';
import { serveAnswer } from '../endpoints/serve-answer.js';
import { startServer, type Server } from './start-server.js';

let server: Server;
afterEach(() => server.close());

async function examine(row: EndpointAnswer): Promise<FullReport> {
  server = await startServer((response, count) => {
    serveAnswer(row, server.requests[count - 1]!, response, { atMs: Date.now(), count });
  });
  const examination = await examineEndpoint(server.url, [], { fetchToken, wait: async () => {} });
  return createReport(examination, undefined, undefined);
}

describe('the command', () => {
  it.each(ANSWERS.map((row) => [row.name, row] as const))('judges %s', async (_name, row) => {
    const { findings, isOk } = await examine(row);
    expect(findings.map(({ code, severity }) => `${severity} ${code}`).sort()).toEqual([...row.findings].sort());
    expect(isOk ? 0 : 1).toBe(row.exitCode);
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
