// Jest's jsdom environment hides globals of Node that the fake backend needs.
const NEEDED = ['fetch', 'Headers', 'Request', 'Response', 'TextDecoder', 'TextEncoder'];

interface NodeProcess {
  getBuiltinModule?(name: 'node:vm'): { runInThisContext(code: string): unknown };
}

/** Defines what is missing with Node's own values. Outside Node, and where nothing is missing, it does nothing. */
export function lendGlobals(): void {
  const globals = globalThis as Record<string, unknown>;
  const vm = (globals['process'] as NodeProcess | undefined)?.getBuiltinModule?.('node:vm');
  for (const name of NEEDED) {
    if (name in globals) continue;
    // A script of Node's own context sees Node's globals, even if this code runs in a context of the test runner.
    const value = vm?.runInThisContext(`globalThis.${name}`);
    if (value !== undefined) Object.defineProperty(globals, name, { configurable: true, writable: true, value });
  }
}
