// The report for Zendesk's support: plain text that identifies nobody.
import type { MessengerEvent, MessengerSnapshot } from '../index.js';
import type { StoredIdentity } from '../core/stored-identity.js';
import { type BlockedHost, describeBlocked } from './blocked-hosts.js';
import type { Observation, Problem } from './observation.js';
import { scrub } from './scrub.js';
import { VERSION } from './version.js';
import * as words from './words.js';

/** Everything that the panel shows. */
export interface Facts {
  readonly snapshot: MessengerSnapshot;
  readonly observation: Observation;
  readonly stored: StoredIdentity;
  readonly blocked: readonly BlockedHost[];
  readonly tabs: number;
  /** The build of Zendesk's messenger. */
  readonly build: string | undefined;
  readonly browser: string;
  /** Values that must not be seen: ids of users. */
  readonly secrets: ReadonlySet<string>;
  readonly nowMs: number;
}

const MAX_EVENTS = 40;

/** Returns the report. Times are relative to now. It contains no token, no e-mail address and no id. */
export function createReport(facts: Facts): string {
  const { snapshot, observation, stored, blocked, tabs, build, browser, secrets, nowMs } = facts;
  const clean = (text: string) => scrub(text, secrets);
  return [
    'Report of zendesk-messenger-auth/devtools. It contains no token, no e-mail address and no id.',
    '',
    `Library: ${VERSION}`,
    `Messenger: ${clean(words.describeMessenger(snapshot, build))}`,
    `Browser: ${browser}`,
    `Status: ${words.describeStatus(snapshot)}`,
    `Token: ${words.describeToken(snapshot, nowMs)}`,
    `Next renewal: ${words.describeRenewal(snapshot, nowMs)}`,
    `Renewals: ${words.describeTally(observation.renewals, nowMs)}`,
    `Asks of the messenger: ${words.describeTally(observation.asks, nowMs)}`,
    `Stored identity: ${words.describeStored(stored)}`,
    `Consent: ${words.describeConsent(observation, snapshot)}`,
    `Tabs: ${words.describeTabs(tabs, observation, nowMs)}`,
    ...blocked.map((each) => `Blocked: ${describeBlocked(each)}`),
    '',
    ...reportProblem(observation.problem, clean, nowMs),
    '',
    'Last events:',
    ...observation.events.slice(-MAX_EVENTS).map((event) => reportEvent(event, clean, nowMs)),
    '',
  ].join('\n');
}

function reportProblem(problem: Problem | undefined, clean: (text: string) => string, nowMs: number): string[] {
  if (!problem) return ['Last error: none'];
  const { atMs, code, reason, error } = problem;
  const findings = error?.findings?.map((finding) => finding.code) ?? [];
  return [
    `Last error: ${code}, ${words.describeInstant(atMs, nowMs)}`,
    ...(reason === undefined ? [] : [`Reason: ${clean(reason)}`]),
    ...(findings.length > 0 ? [`Findings: ${findings.join(', ')}`] : []),
  ];
}

/** The details that an event may have in the report. A newer version of the library may have others. */
const DETAILS = ['reason', 'code', 'lifetimeMs', 'withToken', 'command'] as const;

function reportEvent(event: MessengerEvent, clean: (text: string) => string, nowMs: number): string {
  const all = event as unknown as Record<string, unknown>;
  const details = DETAILS.filter((name) => all[name] !== undefined).map(
    (name) => `${name} ${clean(String(all[name]))}`,
  );
  const seconds = ((event.atMs - nowMs) / 1000).toFixed(1);
  return `${seconds.padStart(9)} s  ${[event.type, ...details].join(', ')}`;
}
