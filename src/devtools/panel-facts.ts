// The list of facts. Two of them are about a person: these are shown after a click only.
import { createElement } from '../testing/ui-element.js';
import { createButton } from './panel-button.js';
import type { Facts } from './report.js';
import { setText } from './set-text.js';
import * as words from './words.js';

interface Fact {
  readonly name: string;
  readonly describe: (facts: Facts) => string;
  /** What a click reveals. `undefined`: nothing. */
  readonly readSecret?: (facts: Facts) => string | null | undefined;
  /** What the button reveals, for a screen reader. */
  readonly secretName?: string;
}

const FACTS: readonly Fact[] = [
  {
    name: 'User',
    describe: ({ snapshot }) => (snapshot.externalId === undefined ? 'nobody' : 'signed in, hidden'),
    readSecret: ({ snapshot }) => snapshot.externalId,
    secretName: 'the external_id',
  },
  { name: 'Token', describe: ({ snapshot, nowMs }) => words.describeToken(snapshot, nowMs) },
  { name: 'Next renewal', describe: ({ snapshot, nowMs }) => words.describeRenewal(snapshot, nowMs) },
  { name: 'Renewals', describe: ({ observation, nowMs }) => words.describeTally(observation.renewals, nowMs) },
  { name: 'Asks', describe: ({ observation, nowMs }) => words.describeTally(observation.asks, nowMs) },
  {
    name: 'Stored identity',
    describe: ({ stored }) => words.describeStored(stored),
    readSecret: ({ stored }) => stored.storedId,
    secretName: 'the stored id',
  },
  { name: 'Consent', describe: ({ observation, snapshot }) => words.describeConsent(observation, snapshot) },
  { name: 'Tabs', describe: ({ tabs, observation, nowMs }) => words.describeTabs(tabs, observation, nowMs) },
  { name: 'Messenger', describe: ({ snapshot, build }) => words.describeMessenger(snapshot, build) },
];

export interface FactList {
  readonly element: HTMLElement;
  update(facts: Facts): void;
}

export function createFactList(): FactList {
  const rows = FACTS.map(createRow);
  const element = createElement(document, 'dl', { class: 'facts' }, ...rows.flatMap(({ nodes }) => nodes));
  return { element, update: (facts) => rows.forEach((row) => row.update(facts)) };
}

function createRow({ name, describe, readSecret, secretName }: Fact) {
  const text = createElement(document, 'span');
  const value = createElement(document, 'dd', {}, text);
  let isRevealed = false;
  let latest: Facts | undefined;
  let revealedSecret: string | null | undefined;
  const toggle = createButton('Show', 'small', () => {
    isRevealed = !isRevealed;
    revealedSecret = latest && readSecret?.(latest);
    if (latest) update(latest);
  });
  toggle.hidden = true;
  if (readSecret) value.append(toggle);

  function update(facts: Facts): void {
    latest = facts;
    const secret = readSecret?.(facts);
    // The click was about this person, and not about the next one.
    if (!secret || secret !== revealedSecret) isRevealed = false;
    setText(text, isRevealed ? secret! : describe(facts));
    if (!readSecret) return;
    toggle.hidden = !secret;
    setText(toggle, isRevealed ? 'Hide' : 'Show');
    toggle.setAttribute('aria-label', `${isRevealed ? 'Hide' : 'Show'} ${secretName}`);
  }
  return { nodes: [createElement(document, 'dt', {}, name), value], update };
}
