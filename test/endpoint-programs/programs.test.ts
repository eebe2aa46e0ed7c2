// Runs the token endpoints in examples/endpoints, each in its own language.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EngineBrowser } from '../browsers/engine.js';
import { findEngines } from '../browsers/found-engines.js';
import { startChromium } from '../browsers/puppeteer-engines.js';
import { testAnswers } from './answers.js';
import { testConfigurations } from './configurations.js';
import { findPrograms } from './find-programs.js';
import { PROGRAMS, type Command } from './programs.js';
import { testSignIn } from './sign-in.js';
import { buildProgram, startProgram, type RunningProgram } from './start-program.js';
import { testRefusedIds, testTokens, testUnusualUsers } from './tokens.js';

const { found, notRun } = findPrograms(PROGRAMS);
const { paths, notRun: browserNotRun } = findEngines({ ...process.env, BROWSERS: 'chromium' });
const chromium = paths.get('chromium');
for (const line of [notRun, browserNotRun]) if (line) console.warn(line);

// On a developer's machine, the line above is enough. In CI, every language must be tested.
if (process.env['CI']) it('every language is installed', () => expect(notRun).toBe(undefined));

let browser: EngineBrowser | undefined;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'endpoint-'));
  if (chromium) browser = await startChromium(chromium);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await browser?.close();
});

describe.each(found)('$name', (program) => {
  let command: Command;
  let running: RunningProgram;
  beforeAll(async () => {
    command = buildProgram(program);
    running = await startProgram(command, program.environment);
  });
  afterAll(() => running?.stop());

  testAnswers(
    () => running,
    () => folder,
  );
  testTokens(() => running);
  testRefusedIds(program);
  testUnusualUsers(program);
  testConfigurations(program, () => command);
  if (chromium) {
    testSignIn(
      () => running,
      () => browser!,
    );
  }
});
