// Makes the page new at the start of each test, and not at the end: a test's own `afterEach` can still look at the backend, and
// components are no longer mounted.
import type { TestPage } from './test-page.js';

type Hook = (action: () => void) => unknown;

/** The hooks of Vitest and Jest. */
export interface Hooks {
  readonly beforeEach: Hook;
  readonly afterAll: Hook;
}

export function useHooks({ beforeEach, afterAll }: Hooks, page: TestPage): void {
  page.isRenewed = true;
  beforeEach(() => page.startTest());
  afterAll(() => page.end());
}

/** Uses the global hooks. If the test runner defines them later, as Jest does for `setupFiles`, waits for them. */
export function useGlobalHooks(page: TestPage): void {
  whenDefined('beforeEach', (beforeEach) =>
    whenDefined('afterAll', (afterAll) => useHooks({ beforeEach, afterAll }, page)),
  );
}

function whenDefined(name: keyof Hooks, use: (hook: Hook) => void): void {
  const globals = globalThis as Partial<Record<keyof Hooks, Hook>>;
  const { [name]: hook } = globals;
  if (hook) return use(hook);
  Object.defineProperty(globals, name, {
    configurable: true,
    enumerable: true,
    get: () => undefined,
    set(value: Hook) {
      Object.defineProperty(globals, name, { value, configurable: true, enumerable: true, writable: true });
      use(value);
    },
  });
}
