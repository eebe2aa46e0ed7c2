// The same as index.ts for CommonJS, which cannot wait for an import. Jest uses it.
import { useGlobalHooks } from './hooks.js';
import { lendGlobals } from './lend-globals.js';
import { installTestPage } from './test-page.js';

export * from './controls.js';

if (typeof window !== 'undefined') {
  lendGlobals();
  const page = installTestPage();
  if (page) useGlobalHooks(page);
}
