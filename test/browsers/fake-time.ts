// Time that a test moves itself, in a page: hours of it go by in an instant.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const source = readFileSync(resolve('@sinonjs/fake-timers'), 'utf8');

/**
 * HTML for the top of a page. From there on its clock stands still; `await pass(ms)` moves it, and lets follow what
 * needs no more than promises. `clock` is the clock of `@sinonjs/fake-timers`.
 */
export const FAKE_TIME = `<script>
  const clock = (() => {
    const exports = {};
    // What it takes of Node is not there, and it goes without.
    const require = (name) => {
      if (name === '@sinonjs/commons') return { global: window };
      throw new Error(name);
    };
    ${source.replaceAll('</script', '<\\/script')}
    return exports.install({ now: 1_800_000_000_000, toFake: ['Date', 'setTimeout', 'clearTimeout', 'performance'] });
  })();
  async function pass(ms) {
    clock.tick(ms);
    for (let turn = 0; turn < 10; turn++) await null;
  }
</script>`;
