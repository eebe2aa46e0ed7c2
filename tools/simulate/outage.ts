// One tab in eight hours of outage: how often it tries, and what it tries.
import type { SessionEvent } from '../../src/core/session.js';
import { createAgenda } from './agenda.js';
import { createTab } from './tab.js';
import { createMint, createRandom, HOUR_MS, MINUTE_MS, SECOND_MS, START_MS } from './world.js';

export const OUTAGE_HOURS = 8;
// How long a request takes that is answered.
const ANSWER_MS = 200;

export interface OutageScenario {
  /** What the endpoint does. `page`: it answers with a web page, as a service worker does. Default: it works. */
  readonly endpoint?: 'fails' | 'hangs' | 'page' | 'refuses';
  /**
   * What Zendesk does. `fails`: `loginUser` gets a 500. `blocked`: the script is not loaded. `silent`: the script runs, and no
   * messenger starts. Default: it works.
   */
  readonly zendesk?: 'fails' | 'limits' | 'hangs' | 'blocked' | 'silent';
  readonly lifetimeMs: number;
  /** The page is loaded during the outage. Default: it is loaded before, and the visitor is signed in. */
  readonly isNew?: boolean;
  readonly isHidden?: boolean;
  /** What happens every minute. */
  readonly everyMinute?: keyof typeof HAPPENINGS;
  /** The site calls `login()` again within a second, whenever it fails. */
  readonly isImpatient?: boolean;
}

/** What a tab does in the outage: the number of each kind of request. */
export type Tries = Readonly<Record<'tokens' | 'scripts' | 'logins', number>>;

const back: SessionEvent[] = [
  ['woke', 'hidden', false],
  ['woke', 'visible', false],
];

/** What can happen every minute, as events of the session. */
const HAPPENINGS = {
  return: () => back,
  online: (): SessionEvent[] => [['woke', 'visible', true]],
  ask: (loginId: number | undefined): SessionEvent[] => (loginId ? [['asked', loginId]] : []),
  // Another tab has deleted the stored identity.
  otherTab: (): SessionEvent[] => [['woke', 'visible', false, null]],
  window: (_loginId: number | undefined, minute: number): SessionEvent[] => [
    ['looked', { windowOpen: minute % 2 === 0 }],
  ],
};

/** Returns what a tab tries in eight hours of outage, and how long it takes after that until the visitor is signed in. */
export function simulateOutage(scenario: OutageScenario, seed: number, stream: number): Tries & { recoveryMs: number } {
  const { endpoint, zendesk, lifetimeMs, isNew, isHidden, everyMinute, isImpatient } = scenario;
  const random = createRandom(seed, stream);
  const mint = createMint(lifetimeMs / SECOND_MS);
  const agenda = createAgenda(START_MS, (atMs) => atMs);
  // The outage begins while the token is good.
  const downFromMs = START_MS + (isNew ? 0 : random() * Math.min(lifetimeMs, 10 * MINUTE_MS));
  const upFromMs = downFromMs + OUTAGE_HOURS * HOUR_MS;
  const isDown = () => agenda.nowMs >= downFromMs && agenda.nowMs < upFromMs;
  const after = (ms: number, happen: () => void) => agenda.at(agenda.nowMs + ms, happen);
  const tries = { tokens: 0, scripts: 0, logins: 0 };
  const count = (kind: keyof Tries) => void (isDown() && tries[kind]++);
  let cancelTimer = () => {};

  const tab = createTab({
    nowMs: () => agenda.nowMs,
    random,
    load() {
      count('scripts');
      const state = (isDown() && zendesk) || 'works';
      if (state === 'blocked') after(ANSWER_MS, () => tab.tell('loadFailed', 'script_blocked'));
      else if (state === 'silent') after(ANSWER_MS, () => tab.tell('looked', { scriptRan: true }));
      else after(ANSWER_MS, () => tab.tell('live'));
    },
    requestToken(answer, requestId) {
      count('tokens');
      const state = (isDown() && endpoint) || 'works';
      if (state === 'works') after(ANSWER_MS, () => answer(mint(agenda.nowMs)));
      else if (state === 'fails') after(ANSWER_MS, () => answer(undefined));
      else if (state === 'refuses') after(ANSWER_MS, () => answer(undefined, Infinity));
      else if (state === 'page') after(ANSWER_MS, () => tab.tell('tokenArrived', requestId, '<html>'));
    },
    callLogin() {
      count('logins');
      tab.ask();
    },
    answer(text) {
      const login = tab.session.lastLogin;
      if (!text || login?.verdict !== 'open') return;
      const state = (isDown() && zendesk) || 'works';
      const reason = { works: '', fails: '500: x', limits: '429: x' }[state as 'works'];
      if (reason !== undefined) after(ANSWER_MS, () => tab.tell('answered', login.id, reason));
    },
    setTimer(atMs) {
      cancelTimer();
      cancelTimer = atMs < Infinity ? agenda.at(atMs, () => tab.tell('looked', {})) : () => {};
    },
  });
  if (isHidden) tab.tell('woke', 'hidden', false);
  tab.tell('login');
  const happen = (minute: number) =>
    agenda.at(downFromMs + minute * MINUTE_MS, () => {
      HAPPENINGS[everyMinute!](tab.session.lastLogin?.id, minute).forEach((event) => tab.tell(...event));
      happen(minute + 1);
    });
  if (everyMinute) happen(1);
  const insist = () => {
    if (tab.session.status === 'failed') tab.tell('login');
    after(SECOND_MS, insist);
  };
  if (isImpatient) insist();
  let recoveryMs = Infinity;
  const lookForUser = () => {
    if (tab.session.status === 'signed-in' && !tab.session.isOut) recoveryMs = agenda.nowMs - upFromMs;
    else after(SECOND_MS, lookForUser);
  };
  agenda.at(upFromMs, lookForUser);
  agenda.runUntil(upFromMs + HOUR_MS);
  return { ...tries, recoveryMs };
}
