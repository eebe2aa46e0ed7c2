// The bench's results as Markdown.
import { table } from '../markdown-table.js';
import type { IdleTab } from './idle-tab.js';
import type { SignInTimes } from './sign-in.js';

/** How far away all servers are. */
export interface Profile {
  readonly name: string;
  /** Of a round trip to any server. */
  readonly roundTripMs: number;
  /** Of the token endpoint, in addition. */
  readonly endpointMs: number;
}

export const PROFILES: readonly Profile[] = [
  { name: 'fast', roundTripMs: 20, endpointMs: 0 },
  { name: 'typical', roundTripMs: 80, endpointMs: 150 },
  { name: 'slow', roundTripMs: 400, endpointMs: 1200 },
  { name: 'slow endpoint', roundTripMs: 80, endpointMs: 4600 },
];

/** One integration, in the order of the rounds. */
export interface Measured {
  readonly name: string;
  /** Whether the goals apply to it. */
  readonly isOurs: boolean;
  readonly times: ReadonlyMap<Profile, readonly SignInTimes[]>;
  readonly scriptMs: readonly number[];
}

const milliseconds = (ms: number) => `${Math.round(ms).toLocaleString('en')} ms`;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** Relative to the floor, for pages with this library. */
export const RATIO_GOAL = 1.05;
/** With the processor slowed down. */
const SCRIPT_GOAL_MS = 5;
const WAKE_UPS_GOAL = 1;

const MOMENTS = [
  ['sent', ({ sentMs }: SignInTimes) => sentMs],
  ['accepted', ({ acceptedMs = Infinity }: SignInTimes) => acceptedMs],
] as const;

const typical = ({ times }: Measured, profile: Profile, read: (typeof MOMENTS)[number][1]) =>
  median(times.get(profile)!.map(read));

/** Shows each integration relative to the first one, the floor. */
export function signInTable([floor, ...others]: readonly Measured[], profiles: readonly Profile[]): string {
  return table(
    ['Network', 'The sign-in is', 'The floor', ...others.map(({ name }) => name)],
    profiles.flatMap((profile) =>
      MOMENTS.map(([moment, read]) => {
        const least = typical(floor!, profile, read);
        const ratios = others.map((other) => typical(other, profile, read) / least);
        const told = ratios.map((ratio) => (ratio < Infinity ? `${ratio.toFixed(2)} ×` : 'never'));
        return [nameProfile(profile), moment, milliseconds(least), ...told];
      }),
    ),
  );
}

/** Says in a sentence how often pages with this library miss the goal. */
export function tellGoal([floor, ...others]: readonly Measured[], profiles: readonly Profile[]): string {
  const said = others
    .filter(({ isOurs }) => isOurs)
    .map((ours) => {
      const ratios = profiles.flatMap((profile) =>
        MOMENTS.map(([, read]) => typical(ours, profile, read) / typical(floor!, profile, read)),
      );
      const missed = ratios.filter((ratio) => Number(ratio.toFixed(2)) > RATIO_GOAL).length;
      return `${ours.name} in ${missed} of ${ratios.length}`;
    });
  return `The goal is ${RATIO_GOAL} × at most. Rows that miss it: ${said.join(', ')}.`;
}

export function nameProfile({ name, roundTripMs, endpointMs }: Profile): string {
  const endpoint = endpointMs ? `, endpoint ${(endpointMs / 1000).toLocaleString('en')} s` : '';
  return `${name}: ${roundTripMs} ms${endpoint}`;
}

export function costTable(measured: readonly Measured[], slowdown: number, idle: IdleTab): string {
  const judge = (isMet: boolean) => (isMet ? '' : ' (missed)');
  return table(
    ['What it costs', 'Measured', 'Goal'],
    [
      ...measured.map(({ name, isOurs, scriptMs }) => {
        const typicalMs = median(scriptMs);
        const span = [Math.min(...scriptMs), Math.max(...scriptMs)].map((ms) => ms.toFixed(1));
        return [
          `Scripts until signed in, ${slowdown}× slower processor: ${name}`,
          `${typicalMs.toFixed(1)} ms (${span.join(' to ')})`,
          isOurs ? `${SCRIPT_GOAL_MS} ms${judge(typicalMs < SCRIPT_GOAL_MS)}` : '',
        ];
      }),
      [
        'An ask with a renewed token in memory is answered',
        idle.answersInSameTick ? 'in the same tick' : 'later',
        `in the same tick${judge(idle.answersInSameTick)}`,
      ],
      ...idle.hours.flatMap(({ lifetime, renewals, otherWakeUps }) => [
        [`Renewals in an idle hour, tokens of ${lifetime}`, renewals.toFixed(2), ''],
        [
          `Other wake-ups in an idle hour, tokens of ${lifetime}`,
          otherWakeUps.toFixed(2),
          `${WAKE_UPS_GOAL} at most${judge(otherWakeUps <= WAKE_UPS_GOAL)}`,
        ],
      ]),
      ['Processor time of a renewal, the whole page', `${(idle.renewalUs / 1000).toFixed(2)} ms`, ''],
      ['More on the heap after 10,000 renewals', `${Math.round(idle.heapGrowthBytes / 1000)} kB`, ''],
    ],
  );
}
