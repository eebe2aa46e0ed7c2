import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { headLines, listIntegrations } from './integrations.js';
import { addUp, findTasks, SLOWDOWN } from '../../tools/bench/main-thread.js';
import { firstPageTable } from '../../tools/bench/first-page.js';
import { costTable, median, nameProfile, PROFILES, signInTable } from '../../tools/bench/table.js';
import { readMarkedText } from '../../tools/marked-text.js';
import { SNIPPET } from '../../src/browser/script-tag.js';
import { blockWith, DOCS } from '../docs/read-docs.js';

const [fast, , slow] = PROFILES as [(typeof PROFILES)[0], unknown, (typeof PROFILES)[0]];

const measured = (name: string, ...times: [sentMs: number, acceptedMs?: number][]) => ({
  name,
  isOurs: name.startsWith('ours'),
  times: new Map(
    [fast, slow].map((profile) => [profile, times.map(([sentMs, acceptedMs]) => ({ sentMs, acceptedMs }))]),
  ),
  scriptMs: times.map(([sentMs]) => sentMs / 10),
});

const cells = (table: string) =>
  table.split('\n').map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

it.each([
  [[3], 3],
  [[10, 1, 2], 2],
  [[4, 1, 2, 10], 3],
  [[Infinity, 1, Infinity], Infinity],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

it('shows times relative to the floor, and who never signs in', () => {
  const table = signInTable(
    [
      measured('the floor', [100, 200], [1000, 2000], [120, 220]),
      measured('one', [150, 220], [150, 220], [1, 2]),
      measured('another', [130], [130], [130]),
    ],
    [fast, slow],
  );
  const [head, , ...rows] = cells(table.split('\n\n')[0]!);
  expect(head).toEqual(['Network', 'The sign-in is', 'The floor', 'one', 'another']);
  expect(rows).toEqual([
    ['fast: 20 ms', 'sent', '120 ms', '1.25 ×', '1.08 ×'],
    ['fast: 20 ms', 'accepted', '220 ms', '1.00 ×', 'never'],
    ['slow: 400 ms, endpoint 1.2 s', 'sent', '120 ms', '1.25 ×', '1.08 ×'],
    ['slow: 400 ms, endpoint 1.2 s', 'accepted', '220 ms', '1.00 ×', 'never'],
  ]);
});

it('says which rows miss the goal, and how often', () => {
  const all = [
    measured('the floor', [100, 200]),
    measured('ours', [105, 210]),
    measured('another', [300, 400]),
    measured('ours, too', [106, 210]),
    measured('ours again', [106]),
  ];
  expect(signInTable(all, [fast]).split('\n\n')[1]).toBe(
    'The goal is 1.05 × at most. Rows that miss it: ours in 0 of 2, ours, too in 1 of 2, ours again in 2 of 2.',
  );
});

it('shows what a sign-in and an idle tab cost', () => {
  const idle = {
    days: [
      { lifetime: '1 h', renewals: 36, pushes: 35, otherWakeUps: 6, answersInSameTick: true },
      { lifetime: '1 day', renewals: 1, pushes: 1, otherWakeUps: 25, answersInSameTick: true },
    ],
    renewalUs: 1234,
    heapGrowthBytes: 45_678,
  };
  const bare = measured('a bare loader', [100], [300], [400]);
  const table = costTable(
    [bare, measured('ours', [150], [900], [400]), measured('ours, too', [160], [450], [640])],
    idle,
  );
  expect(cells(table).slice(2)).toEqual([
    ['Scripts until signed in, 6× slower processor: a bare loader', '30.0 ms (10.0 to 40.0), 1.00 ×', ''],
    [
      'Scripts until signed in, 6× slower processor: ours',
      '40.0 ms (15.0 to 90.0), 1.50 ×',
      '1.5 × a bare loader at most',
    ],
    [
      'Scripts until signed in, 6× slower processor: ours, too',
      '45.0 ms (16.0 to 64.0), 1.60 ×',
      '1.5 × a bare loader at most (missed)',
    ],
    ['An ask with a renewed token in memory is answered', 'in the same tick', 'in the same tick'],
    ['Renewals in an idle hour, tokens of 1 h', '1.50', ''],
    ['Other wake-ups in an idle hour, tokens of 1 h', '0.25', '1 at most'],
    ['Renewals in an idle hour, tokens of 1 day', '0.04', ''],
    ['Other wake-ups in an idle hour, tokens of 1 day', '1.04', '1 at most (missed)'],
    ['Processor time of a renewal, the whole page', '1.23 ms', ''],
    ['More on the heap after 10,000 renewals', '46 kB', ''],
  ]);
  expect(
    costTable([measured('a bare loader', [300])], { ...idle, days: [{ ...idle.days[0]!, answersInSameTick: false }] }),
  ).toContain('| later | in the same tick (missed) |');
});

it('shows the least that each page has cost before the first interaction', () => {
  const cost = (siteBytes: number, mainThreadMs: number, zendeskRequests = 0) => ({
    siteBytes,
    siteRequests: 2,
    zendeskRequests,
    mainThreadMs,
  });
  const table = firstPageTable([
    { name: 'the launcher', costs: [cost(2900, 80.6), cost(2823, 110)] },
    { name: 'another', costs: [cost(100, 30, 1)] },
  ]);
  expect(cells(table).slice(2)).toEqual([
    ['the launcher', '2', '0', '2,823', '81 ms'],
    ['another', '2', '1', '100', '30 ms'],
  ]);
});

it('adds up the outermost tasks of the main thread until the visitor is signed in', () => {
  const task = (name: string, ts: number, dur: number, more = {}) => ({
    name,
    ph: 'X',
    pid: 1,
    tid: 1,
    ts,
    dur,
    ...more,
  });
  const events = [
    { name: 'TimeStamp', ph: 'I', pid: 1, tid: 1, ts: 1000, args: { data: { message: 'signed-in' } } },
    task('RunMicrotasks', 300, 10),
    // Its processor time counts. It contains the next one.
    task('EvaluateScript', 100, 50, { tdur: 40 }),
    task('FunctionCall', 110, 20),
    task('FunctionCall', 200, 5, { tid: 2 }),
    task('FunctionCall', 210, 5, { pid: 2 }),
    task('Layout', 400, 90),
    task('FunctionCall', 1001, 500),
  ];
  expect(addUp(findTasks(events))).toBe(50);
});

it('sets goals for the pages with this library', () => {
  const ours = listIntegrations('').filter(({ isOurs }) => isOurs);
  expect(ours.map(({ name }) => name)).toEqual(['this library', 'with the lines', 'in the page']);
});

it('the documentation shows each network and each integration, and the day of the measurement', () => {
  const { text: written, checksum } = readMarkedText(DOCS, 'bench');
  expect(checksum, 'Only `npm run bench -- --write` changes the tables').toBe(
    createHash('sha256').update(written).digest('hex').slice(0, 12),
  );
  expect(written).toMatch(/^\n\n`npm run bench`, \d{4}-\d\d-\d\d, Chrome [\d.]+, \d+ processors, 5 rounds:\n/);
  const [head, , ...rows] = cells(written.slice(written.indexOf('|')).split('\n\n')[0]!);
  const names = listIntegrations('').map(({ name }) => name);
  expect(head!.slice(3)).toEqual(names.slice(1));
  expect(names[0]).toBe('the floor');
  expect(rows.map(([network]) => network)).toEqual(PROFILES.flatMap((profile) => Array(2).fill(nameProfile(profile))));
  for (const name of names) expect(written).toContain(`${SLOWDOWN}× slower processor: ${name} `);
});

it('the documentation recommends the lines that the bench measures', () => {
  const block = blockWith('rel="preload"').replace(/\s+/g, ' ').replaceAll(' />', '>').replaceAll('> <', '><').trim();
  const lines = headLines('172ab4dc-dc4c-4054-9ad6-26f7ef5b143b', 'your-subdomain');
  expect(block).toBe(lines.replace(/\n\s*/g, ''));
  expect(lines).toContain(`href="${SNIPPET}172ab4dc-dc4c-4054-9ad6-26f7ef5b143b"`);
});
