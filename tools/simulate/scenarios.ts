// What is simulated.
import type { Fleet } from './fleet.js';
import type { OutageScenario } from './outage.js';
import { INTEGRATIONS, type IntegrationName } from './integrations.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from './world.js';

export const SEED = 20_260_601;
export const TABS = 1_000_000;
/** The results are means of this number of months. */
export const MONTHS = 4;
export const MONTH_SCENARIOS = [MINUTE_MS, 5 * MINUTE_MS, HOUR_MS, DAY_MS].flatMap((lifetimeMs) =>
  (Object.keys(INTEGRATIONS) as IntegrationName[]).map((integration) => ({ lifetimeMs, integration })),
);

export interface FleetScenario {
  readonly name: string;
  readonly fleet: Omit<Fleet, 'tabs'>;
  /** When the normal rate and the busiest time are measured, in seconds since the start. */
  readonly normalS: readonly [fromS: number, untilS: number];
  readonly busyS: readonly [fromS: number, untilS: number];
}

// About the time between two renewals. A fleet that is loaded evenly within it starts with its normal rate.
const STEADY_MS = 2550 * SECOND_MS;
const DOWN_MS = 90 * MINUTE_MS;
const UP_MS = DOWN_MS + 10 * MINUTE_MS;
const NIGHT_MS = 2 * HOUR_MS;

const together = { lifetimeMs: HOUR_MS, loadedWithinMs: MINUTE_MS, endMs: 3 * HOUR_MS, isSpread: true };
const togetherTimes = { normalS: [3600, 10_800], busyS: [3600, 10_800] } as const;
const steady = { lifetimeMs: HOUR_MS, loadedWithinMs: STEADY_MS, endMs: UP_MS + 80 * MINUTE_MS, isSpread: true };
const down = { ...steady, outage: { fromMs: DOWN_MS, untilMs: UP_MS } };
const downTimes = { normalS: [2550, 5400], busyS: [6000, 10_800] } as const;
const slept = {
  ...steady,
  endMs: NIGHT_MS + 3 * HOUR_MS,
  night: { fromMs: HOUR_MS, untilMs: NIGHT_MS, openedWithinMs: MINUTE_MS },
};
const sleptTimes = { normalS: [10_800, 18_000], busyS: [10_800, 18_000] } as const;
const asked = { ...down, outage: { ...down.outage, retryAfterMs: MINUTE_MS } };

export const FLEETS: readonly FleetScenario[] = [
  { name: 'all load within a minute', fleet: together, ...togetherTimes },
  { name: 'the same, without spreading', fleet: { ...together, isSpread: false }, ...togetherTimes },
  { name: '10-minute outage', fleet: down, ...downTimes },
  { name: 'the same, without spreading', fleet: { ...down, isSpread: false }, ...downTimes },
  { name: '10-minute outage, `Retry-After: 60`', fleet: asked, ...downTimes },
  { name: 'all laptops are opened within a minute', fleet: slept, ...sleptTimes },
];

/** The results are the most that any of this number of tabs has tried. */
export const OUTAGE_TABS = 40;

const short = { lifetimeMs: 5 * MINUTE_MS };
const long = { lifetimeMs: HOUR_MS };

/** What fails, and what happens meanwhile. The tokens of `short` expire again and again during the outage. */
export const OUTAGES: readonly (OutageScenario & Readonly<Record<'fails' | 'happens', string>>)[] = [
  { fails: 'The endpoint answers 503', happens: 'Nothing', ...long, endpoint: 'fails' },
  { fails: 'The same', happens: 'The tab is hidden', ...long, endpoint: 'fails', isNew: true, isHidden: true },
  {
    fails: 'The same',
    happens: 'The visitor comes back every minute',
    ...long,
    endpoint: 'fails',
    everyMinute: 'return',
  },
  {
    fails: 'The same',
    happens: 'The network comes back every minute',
    ...long,
    endpoint: 'fails',
    everyMinute: 'online',
  },
  { fails: 'The same', happens: 'The messenger asks every minute', ...long, endpoint: 'fails', everyMinute: 'ask' },
  {
    fails: 'The same',
    happens: 'The site calls `login()` when it fails',
    ...long,
    endpoint: 'fails',
    isImpatient: true,
  },
  { fails: 'The endpoint does not answer', happens: 'Nothing', ...long, endpoint: 'hangs' },
  {
    fails: 'A web page is the answer',
    happens: 'The visitor comes back every minute',
    ...long,
    endpoint: 'page',
    isNew: true,
    everyMinute: 'return',
  },
  { fails: 'Zendesk answers `loginUser` with 500', happens: 'Nothing', ...long, zendesk: 'fails' },
  { fails: 'The same', happens: 'Tokens of 5 minutes expire', ...short, zendesk: 'fails' },
  {
    fails: 'The same',
    happens: 'The visitor comes back every minute',
    ...long,
    zendesk: 'fails',
    everyMinute: 'return',
  },
  {
    fails: 'The same',
    happens: 'Another tab deletes the identity every minute',
    ...long,
    zendesk: 'fails',
    everyMinute: 'otherTab',
  },
  { fails: 'Zendesk does not answer `loginUser`', happens: 'Nothing', ...long, zendesk: 'hangs' },
  {
    fails: 'The same',
    happens: 'The window is opened or closed every minute',
    ...long,
    zendesk: 'hangs',
    everyMinute: 'window',
  },
  { fails: "Zendesk's script is blocked", happens: 'Nothing', ...long, zendesk: 'blocked', isNew: true },
  {
    fails: 'The same',
    happens: 'The visitor comes back every minute',
    ...long,
    zendesk: 'blocked',
    isNew: true,
    everyMinute: 'return',
  },
  { fails: 'The script runs, and no messenger starts', happens: 'Nothing', ...long, zendesk: 'silent', isNew: true },
  {
    fails: 'The endpoint, and the script is blocked',
    happens: 'The network comes back every minute',
    ...long,
    endpoint: 'fails',
    zendesk: 'blocked',
    isNew: true,
    everyMinute: 'online',
  },
];
