// The bench's results as Markdown.
import { table } from '../markdown-table.js';
import type { IdleTab } from './idle-tab.js';
import { SLOWDOWN } from './main-thread.js';
import type { SignInTimes } from './sign-in.js';

export type Profile = (typeof PROFILES)[number];

/** How far away all servers are: the time of a round trip, and what the token endpoint takes in addition. */
export const PROFILES = [
  { name: 'fast', roundTripMs: 20, endpointMs: 0 },
  { name: 'typical', roundTripMs: 80, endpointMs: 150 },
  { name: 'slow', roundTripMs: 400, endpointMs: 1200 },
  { name: 'slow endpoint', roundTripMs: 80, endpointMs: 4600 },
];

/** One integration, in the order of the rounds. */
export interface Measured {
  readonly name: string;
  readonly isOurs?: boolean;
  readonly times: ReadonlyMap<Profile, readonly SignInTimes[]>;
  readonly scriptMs: readonly number[];
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Relative to the floor, for pages with this library. */
const RATIO_GOAL = 1.05;
/** Of the scripts, relative to the bare loader. */
const SCRIPT_RATIO_GOAL = 1.5;
const BARE_LOADER = 'a bare loader';
const WAKE_UPS_GOAL = 1;

const MOMENTS = {
  sent: ({ sentMs }: SignInTimes) => sentMs,
  accepted: ({ acceptedMs = Infinity }: SignInTimes) => acceptedMs,
};

export function nameProfile({ name, roundTripMs, endpointMs }: Profile): string {
  const endpoint = endpointMs ? `, endpoint ${(endpointMs / 1000).toLocaleString('en')} s` : '';
  return `${name}: ${roundTripMs} ms${endpoint}`;
}

/** Shows each integration relative to the first one, the floor, and how often pages with this library miss the goal. */
export function signInTable([floor, ...others]: readonly Measured[], profiles: readonly Profile[]): string {
  const rows = profiles.flatMap((profile) =>
    Object.entries(MOMENTS).map(([moment, read]) => {
      const [floorMs, ...ms] = [floor!, ...others].map(({ times }) => median(times.get(profile)!.map(read)));
      const ratios = ms.map((time) => (time / floorMs!).toFixed(2));
      return { head: [nameProfile(profile), moment, `${Math.round(floorMs!).toLocaleString('en')} ms`], ratios };
    }),
  );
  const missed = others.map(({ name, isOurs }, index) => {
    const count = rows.filter(({ ratios }) => Number(ratios[index]) > RATIO_GOAL).length;
    return isOurs ? [`${name} in ${count} of ${rows.length}`] : [];
  });
  const tellRatio = (ratio: string) => (ratio === 'Infinity' ? 'never' : `${ratio} ×`);
  return `${table(
    ['Network', 'The sign-in is', 'The floor', ...others.map(({ name }) => name)],
    rows.map(({ head, ratios }) => [...head, ...ratios.map(tellRatio)]),
  )}\n\nThe goal is ${RATIO_GOAL} × at most. Rows that miss it: ${missed.flat().join(', ')}.`;
}

/** Compares each run with that of the bare loader next to it, because the machine is busier in some minutes than in others. */
function toBareLoader(scriptMs: readonly number[], measured: readonly Measured[]): number {
  const bare = measured.find(({ name }) => name === BARE_LOADER)!;
  return median(scriptMs.map((ms, run) => ms / bare.scriptMs[run]!));
}

export function costTable(measured: readonly Measured[], { days, renewalUs, heapGrowthBytes }: IdleTab): string {
  const tellGoal = (goal: string, isMet: boolean) => (isMet ? goal : `${goal} (missed)`);
  const isAnswered = days.every(({ answersInSameTick }) => answersInSameTick);
  return table(
    ['What it costs', 'Measured', 'Goal'],
    [
      ...measured.map(({ name, isOurs, scriptMs }) => {
        const ratio = toBareLoader(scriptMs, measured);
        const range = `${Math.min(...scriptMs).toFixed(1)} to ${Math.max(...scriptMs).toFixed(1)}`;
        return [
          `Scripts until signed in, ${SLOWDOWN}× slower processor: ${name}`,
          `${median(scriptMs).toFixed(1)} ms (${range}), ${ratio.toFixed(2)} ×`,
          isOurs ? tellGoal(`${SCRIPT_RATIO_GOAL} × ${BARE_LOADER} at most`, ratio <= SCRIPT_RATIO_GOAL) : '',
        ];
      }),
      [
        'An ask with a renewed token in memory is answered',
        isAnswered ? 'in the same tick' : 'later',
        tellGoal('in the same tick', isAnswered),
      ],
      ...days.flatMap(({ lifetime, renewals, otherWakeUps }) => [
        [`Renewals in an idle hour, tokens of ${lifetime}`, (renewals / 24).toFixed(2), ''],
        [
          `Other wake-ups in an idle hour, tokens of ${lifetime}`,
          (otherWakeUps / 24).toFixed(2),
          tellGoal(`${WAKE_UPS_GOAL} at most`, otherWakeUps / 24 <= WAKE_UPS_GOAL),
        ],
      ]),
      ['Processor time of a renewal, the whole page', `${(renewalUs / 1000).toFixed(2)} ms`, ''],
      ['More on the heap after 10,000 renewals', `${Math.round(heapGrowthBytes / 1000)} kB`, ''],
    ],
  );
}
