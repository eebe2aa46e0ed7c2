// Finds the browsers on this machine that a run needs, and says what to do if one is missing.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ENGINES, type Engine } from './engine.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface Search {
  /** Debian's packages. */
  readonly packages: string;
  /** Variables that may hold the executable's path. */
  readonly variables: readonly string[];
  /** Its names on the path. */
  readonly names: readonly string[];
  /** What it needs besides. */
  readonly needs?: string;
}

const SEARCHES: Readonly<Record<Engine, Search>> = {
  chromium: {
    packages: 'chromium',
    variables: ['CHROMIUM_PATH', 'PUPPETEER_EXECUTABLE_PATH'],
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
  },
  firefox: { packages: 'firefox-esr', variables: ['FIREFOX_PATH'], names: ['firefox-esr', 'firefox'] },
  webkit: {
    packages: 'webkit2gtk-driver xvfb',
    variables: ['WEBKIT_DRIVER_PATH'],
    names: ['WebKitWebDriver'],
    needs: 'Xvfb',
  },
};

export interface FoundEngines {
  readonly wanted: readonly Engine[];
  /** The executable of each engine that the tests run in. */
  readonly paths: ReadonlyMap<Engine, string>;
  /** What to tell where one is missing: one line. */
  readonly notRun: string | undefined;
}

/**
 * Looks for the engines that `BROWSERS` names, or for all of them.
 *
 * @throws where one is missing and `CI` is set: there, a test that was not run must not look like one that passed
 */
export function findEngines(environment: Environment): FoundEngines {
  const { BROWSERS, CI } = environment;
  const wanted = (BROWSERS ? BROWSERS.split(',') : ENGINES) as readonly Engine[];
  const unknown = wanted.filter((name) => !ENGINES.includes(name));
  if (unknown.length) throw new Error(`BROWSERS names ${unknown.join()}. There are: ${ENGINES.join(', ')}`);
  const paths = new Map<Engine, string>();
  for (const engine of wanted) {
    const path = findEngine(SEARCHES[engine], environment);
    if (path) paths.set(engine, path);
  }
  const missing = wanted.filter((engine) => !paths.has(engine));
  if (!missing.length) return { wanted, paths, notRun: undefined };
  const install = `apt-get install ${missing.map((engine) => SEARCHES[engine].packages).join(' ')}`;
  if (CI) throw new Error(`Not found: ${missing.join(', ')}, and CI is set. Install with: ${install}`);
  return {
    wanted,
    paths,
    notRun: `browser tests not run in ${missing.join(', ')}: not found. Install with: ${install}`,
  };
}

function findEngine({ variables, names, needs }: Search, environment: Environment): string | undefined {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter(Boolean);
  const find = (name: string) => folders.map((folder) => join(folder, name)).find(isExecutable);
  if (needs && !find(needs)) return undefined;
  return variables.map((name) => environment[name]).find(Boolean) ?? names.map(find).find(Boolean);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
