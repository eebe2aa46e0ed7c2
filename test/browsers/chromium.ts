// Which browser the tests drive, and what follows where there is none.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { launch, type Browser } from 'puppeteer-core';

type Environment = Readonly<Record<string, string | undefined>>;

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL = 'apt-get install chromium';

/**
 * The path of a Chromium, or `undefined` where none is found.
 *
 * @throws where none is found and `CI` is set: there, a test that was not run must not look like one that passed
 */
export function findChromium(environment: Environment): string | undefined {
  const { CHROMIUM_PATH, PUPPETEER_EXECUTABLE_PATH, PATH = '', CI } = environment;
  const folders = PATH.split(delimiter).filter(Boolean);
  const found =
    CHROMIUM_PATH ||
    PUPPETEER_EXECUTABLE_PATH ||
    NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (!found && CI) throw new Error(`No Chromium found, and CI is set. Install one with: ${INSTALL}`);
  return found;
}

export const NOT_RUN = `browser tests not run: no Chromium found. Install one with: ${INSTALL}`;

export function launchChromium(executablePath: string): Promise<Browser> {
  return launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
    ],
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
