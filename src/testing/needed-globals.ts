const NEEDED = ['Request', 'Response', 'TextDecoder', 'TextEncoder'];

/** @throws Error if the test environment hides globals that the backend needs, as Jest's jsdom does */
export function checkGlobals(): void {
  const missing = NEEDED.filter((name) => !(name in globalThis));
  if (missing.length === 0) return;
  throw new Error(
    `The test environment hides ${missing.join(', ')}, which the fake backend needs. Jest with jsdom does: the ` +
      'documentation, under "Testing your page", has a test environment for Jest that does not.',
  );
}
