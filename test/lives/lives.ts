// Runs random lives of a page with one build. `LIVES=1000000 npm run test:lives` runs more lives, `SEED=…` runs other
// lives, `SEED=random` runs lives that nobody has seen, and `LIFE=…` starts at the path of a failure.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, it, vi } from 'vitest';
import { LIFE, recover } from './commands.js';
import { openWorld, type Circumstances, type World } from './world.js';

// The number for both builds together.
const LIVES = Number(process.env['LIVES'] ?? 5000);
const { SEED: given } = process.env;
const SEED = given === 'random' ? Date.now() % 2 ** 31 : Number(given ?? seedOfCode());

const MINUTE_MS = 60_000;
const PROGRESS_MS = 10_000;
// The clock that goes on while time is fake.
const { now } = Date;

const circumstances = (build: Circumstances['build']): fc.Arbitrary<Circumstances> =>
  fc.record({
    build: fc.constant(build),
    source: fc.constantFrom('getToken', 'tokenUrl'),
    dates: fc.constantFrom('exp and iat', 'exp and iat', 'exp and iat', 'exp', 'none'),
    lifetimeS: fc.constantFrom(5, 60, 300, 300, 3600, 3600, 86_400, 90 * 86_400),
    clockErrorMs: fc.constantFrom(0, 0, 0, 86_400_000, -86_400_000, 90_000_000_000),
    refreshWhenHidden: fc.constantFrom(false, false, true),
    ignoresAbort: fc.boolean(),
    bootDelayMs: fc.constantFrom(0, 600, 3000),
    prerenderedForMs: fc.constantFrom(0, 0, 0, 0, 0, 0, 700, 20_000),
    history: fc.constantFrom('remember', 'remember', 'remember', 'forget'),
    hasConsent: fc.constantFrom(true, true, true, true, true, true, false),
    seed: fc.nat(),
  });

/** The same code always lives the same lives, so a failure can be repeated. Each change of the code gets other lives. */
function seedOfCode(): number {
  const hash = createHash('sha256');
  for (const folder of ['src', 'test/lives'].map((path) => join(import.meta.dirname, '../..', path))) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
    texts.sort().forEach((text) => hash.update(text));
  }
  return hash.digest().readUInt32BE() >>> 1;
}

/**
 * Ends a life: everything works again, and a user is signed in to the site. In a third of the lives, the library must notice
 * that alone. In another third, the visitor comes back. At last, or at once, the site calls login().
 */
async function end(world: World): Promise<void> {
  if (world.isPrerendered) await world.pass(world.circumstances.prerenderedForMs);
  recover(world);
  if (!world.hasConsent) world.setCookies('all');
  world.site.mood = { kind: 'healthy', delayMs: 100 };
  if (world.site.user === null) world.changeUser('ada');
  world.setVisible(true);
  world.setOnline(true);
  world.hostThrows = false;
  world.zendesk.closeWindow();
  const forbiddenForMs = Math.max(0, world.site.forbiddenUntilMs - world.serverNowMs());
  world.goodSinceMs.endpoint = world.awakeMs() + forbiddenForMs;
  if (world.goodSinceMs.wish < Infinity && world.circumstances.seed % 3 > 0) {
    if (world.circumstances.seed % 3 === 1) [false, true].forEach(world.setVisible);
    await world.pass(forbiddenForMs + world.witness.patienceMs() + 1000);
    world.check();
  }
  world.wish = 'login';
  world.goodSinceMs.wish = world.awakeMs();
  world.call('login');
  await world.pass(forbiddenForMs + world.witness.patienceMs() + 1000);
  world.check();
  const finalError = world.messenger.getSnapshot().error;
  // If someone had to act, the login() above was that. Now everything must work.
  if (finalError && !world.zendesk.isKilled) {
    Object.assign(world.goodSinceMs, { wish: world.awakeMs() });
    world.call('login');
    await world.pass(6 * MINUTE_MS);
    world.check();
  }
  // The last token may have been refused in the meantime. Then everything must work a minute later.
  if (!world.zendesk.isKilled) {
    await world.pass(MINUTE_MS + world.witness.patienceMs());
    world.check();
    const { status, error } = world.messenger.getSnapshot();
    if (status !== 'signed-in') world.violations.push(`9: ${status} (${error?.code}) at the end`);
  }
  world.wish = 'destroyed';
  world.goodSinceMs.wish = Infinity;
  world.destroy();
  world.witness.destroyed();
  await world.pass(10 * MINUTE_MS);
  world.check();
  world.witness.destroyed();
  const open = world.pledges.filter(({ outcome }) => outcome === 'open');
  if (open.length > 0) world.violations.push(`7: ${open[0]!.name}() is not settled after destroy()`);
}

/** Returns what happened last, to explain a counterexample. */
function tell({ events, violations, backend }: World): string {
  const happened = events.slice(-60).map(({ type, atMs, ...details }) => {
    return `${new Date(atMs).toISOString()} ${type} ${JSON.stringify(details)}`;
  });
  const requests = backend.requests.slice(-15).map((request) => JSON.stringify(request));
  return [...violations, ...happened, 'Requests to Zendesk:', ...requests].join('\n');
}

export function liveThrough(build: Circumstances['build']): void {
  const rejections: unknown[] = [];
  const noteRejection = (reason: unknown) => void rejections.push(reason);

  beforeAll(() => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    process.on('unhandledRejection', noteRejection);
  });
  afterAll(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    process.off('unhandledRejection', noteRejection);
  });

  const numRuns = Math.ceil(LIVES / 2);
  // Each build gets other lives.
  const seed = SEED + Number(build === 'B26');
  let lived = 0;
  let toldMs = now();
  it(`the rules hold in ${numRuns} random lives with ${build}, seed ${SEED}`, { timeout: 0 }, async () => {
    const life = fc.asyncProperty(circumstances(build), LIFE, async (given, commands) => {
      const world = openWorld(given);
      try {
        await fc.asyncModelRun(() => ({ model: {}, real: world }), commands);
        await end(world);
        if (rejections.length > 0) world.violations.push(`8: unhandled rejection: ${String(rejections.splice(0)[0])}`);
      } catch (error) {
        if (world.violations.length === 0) throw error;
      } finally {
        world.close();
      }
      if (world.violations.length > 0) throw new Error(tell(world));
      lived++;
      if (now() - toldMs < PROGRESS_MS) return;
      toldMs = now();
      console.log(`${lived} of ${numRuns} lives with ${build}`);
    });
    // Shrinking takes minutes. SHRINK=1, with the seed and the path of the failure, reduces it to a short story.
    await fc.assert(life, { numRuns, seed, path: process.env['LIFE'] ?? '', endOnFailure: !process.env['SHRINK'] });
  });
}
