// What a test runs with: the fakes of Zendesk, and the site's token endpoint. There is one for all test files that share a
// global object.
import { keepScriptsAway } from '../stand-in/keep-scripts-away.js';
import { createPageEndpoint, type PageEndpoint } from '../stand-in/page-endpoint.js';
import { createStandIn, type StandIn } from '../stand-in/stand-in.js';
import {
  createFakeBackend,
  installFakeMessenger,
  signToken,
  type FakeBackend,
  type InstalledMessenger,
} from '../testing/index.js';
import { explainGetToken } from './explain-get-token.js';
import { createPageFetch, type PageFetch } from './page-fetch.js';

export interface TestPage {
  /** The fakes of the current test. */
  fakes(): Fakes;
  /** Lets the endpoint answer the page's own requests to this URL. */
  answerAt(url: string): void;
  /** Whether `startTest` is called before each test. */
  isRenewed: boolean;
  /** Puts the fakes in the place of Zendesk. Returns `false` if another copy of this module has done it. */
  install(): boolean;
  /** Makes everything new, as for a new visitor. The first call does nothing, because everything is new then. */
  startTest(): void;
  /** Takes everything off the window, so that nothing runs when the test runner has removed the window. */
  end(): void;
}

// On the global object, because a test runner may load this module twice: as ESM and as CommonJS.
const PAGE = Symbol.for('zendesk-messenger-auth.test-page');
const globals = globalThis as { [PAGE]?: TestPage };

// What the messenger and the library store [M 40] [M 41]. The rest of the storage belongs to the page.
const STORED = /^([\da-f]{24}\.|zendesk-messenger-auth:|ZD-)/;

/** @throws Error if there is no page in this test environment, or if the setup has not run */
export function getTestPage(): TestPage {
  const page = globals[PAGE];
  if (page && typeof window !== 'undefined') return page;
  throw new Error(
    typeof window === 'undefined'
      ? "This test has no window, so there is no page to test. Run it in jsdom: write '// @vitest-environment jsdom' or " +
          "'/** @jest-environment jsdom */' at the top of the file."
      : "Nothing is set up. Add 'zendesk-messenger-auth/testing/setup' to the setupFiles of your test runner.",
  );
}

/** Returns the page of this test file with the fakes installed, or `undefined` if another copy has installed them. */
export function installTestPage(): TestPage | undefined {
  const page = (globals[PAGE] ??= createTestPage());
  return page.install() ? page : undefined;
}

export interface Fakes {
  readonly backend: FakeBackend;
  readonly zendesk: InstalledMessenger;
  readonly endpoint: PageEndpoint;
}

function startFakes(): Fakes {
  const backend = createFakeBackend({ acceptsAnyKey: true });
  return {
    backend,
    zendesk: installFakeMessenger({ fetch: backend.fetch }),
    endpoint: createPageEndpoint((claims) => signToken(claims, backend.account)),
  };
}

/** What is in the window as long as a test file runs. */
interface Occupation {
  readonly pageFetch: PageFetch;
  leave(): void;
}

function occupyWindow(standIn: StandIn, answer: () => Response): Occupation {
  const removals = [keepScriptsAway(window), standIn.install()];
  const { fetch } = globalThis;
  const pageFetch = createPageFetch(fetch, answer);
  globalThis.fetch = pageFetch.fetch;
  return {
    pageFetch,
    leave() {
      removals.forEach((remove) => remove());
      if (globalThis.fetch === pageFetch.fetch) globalThis.fetch = fetch;
    },
  };
}

function createTestPage(): TestPage {
  let fakes: Fakes;
  let occupation: Occupation | undefined;
  let isNew = true;
  const answer = () => fakes.endpoint.answer();
  // Outlives a test file: with Vitest's `isolate: false`, the modules of the page do, too.
  const standIn = createStandIn({
    answerToken: async () => answer(),
    changeOptions: (options) => explainGetToken(options, () => occupation?.pageFetch.takeUnanswered()),
  });
  return {
    isRenewed: false,
    fakes: () => fakes,
    answerAt: (url) => occupation?.pageFetch.answerAt(url),
    install() {
      if (occupation) return false;
      occupation = occupyWindow(standIn, answer);
      fakes = startFakes();
      isNew = true;
      return true;
    },
    startTest() {
      // A module of the page may have told the messenger who is signed in when it was imported.
      if (isNew) return void (isNew = false);
      fakes.zendesk.uninstall();
      clearStored();
      fakes = startFakes();
      standIn.renewMessengers();
    },
    end() {
      fakes.zendesk.uninstall();
      occupation?.leave();
      occupation = undefined;
      clearStored();
      this.isRenewed = false;
    },
  };
}

function clearStored(): void {
  for (const name of ['localStorage', 'sessionStorage'] as const) {
    try {
      const storage = window[name];
      for (const key of Object.keys(storage)) if (STORED.test(key)) storage.removeItem(key);
    } catch {
      // This page has no storage, such as about:blank.
    }
  }
}
