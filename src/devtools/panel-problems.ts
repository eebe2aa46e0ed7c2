// What is wrong: the last failure with the doctor's findings and Zendesk's own words, and what the page's policy blocks.
import { createElement } from '../testing/ui-element.js';
import { describeBlocked } from './blocked-hosts.js';
import type { Problem } from './observation.js';
import type { Facts } from './report.js';
import { scrub } from './scrub.js';
import { describeInstant } from './words.js';

const DOCS = 'https://zendesk-messenger-auth.github.io/zendesk-messenger-auth/';
/** The codes of failures that Zendesk gives a reason for. The reason of any other is the library's. */
const ZENDESKS_CODES = ['invalid_auth', 'identity_conflict', 'login_failed'];

export interface ProblemList {
  readonly elements: readonly HTMLElement[];
  update(facts: Facts): void;
}

export function createProblemList(): ProblemList {
  const failure = createElement(document, 'div', { class: 'problems wide' });
  const blocked = createElement(document, 'div', { class: 'problems blocked wide' });
  const when = createElement(document, 'span');
  let shown: Problem | undefined;
  let shownBlocked = 0;
  blocked.hidden = failure.hidden = true;
  return {
    elements: [failure, blocked],
    update(facts) {
      const { problem } = facts.observation;
      failure.hidden = !problem;
      failure.classList.toggle('over', facts.snapshot.status === 'signed-in');
      if (problem) when.textContent = `${describeInstant(problem.atMs, facts.nowMs)}`;
      // Built anew only for another problem, so that a link in it keeps the keyboard focus.
      if (problem && problem !== shown) failure.replaceChildren(...describeProblem(problem, when, facts.secrets));
      shown = problem;
      blocked.hidden = facts.blocked.length === 0;
      if (facts.blocked.length !== shownBlocked) blocked.replaceChildren(...describeAllBlocked(facts));
      shownBlocked = facts.blocked.length;
    },
  };
}

function describeProblem({ code, reason, error }: Problem, when: HTMLElement, secrets: ReadonlySet<string>): Node[] {
  const clean = (text: string) => scrub(text, secrets);
  // The texts of the library have words that may be a short id, too.
  const long = [...secrets].filter((secret) => secret.length > 5);
  const cleanOwn = (text: string) => scrub(text, long);
  const nodes: Node[] = [
    createElement(document, 'h3', {}, 'Last error: ', createElement(document, 'code', {}, code), ', ', when),
  ];
  if (error) nodes.push(createElement(document, 'p', {}, cleanOwn(error.message.replace(/ \[\w+\]$/, ''))));
  const isZendesks = ZENDESKS_CODES.includes(code);
  if (reason !== undefined && (isZendesks || !error)) {
    const who = isZendesks ? 'Zendesk says: ' : 'Reason: ';
    nodes.push(createElement(document, 'p', {}, who, createElement(document, 'code', {}, clean(reason))));
  }
  if (error?.findings?.length) {
    const items = error.findings.map((finding) =>
      createElement(
        document,
        'li',
        {},
        createElement(document, 'code', {}, finding.code),
        ` ${cleanOwn(`${finding.message} ${finding.remedy}`)}`,
      ),
    );
    nodes.push(createElement(document, 'ul', { 'aria-label': 'Findings of the token doctor' }, ...items));
  }
  nodes.push(createElement(document, 'p', {}, createLink('errors', 'What the codes mean')));
  return nodes;
}

function describeAllBlocked({ blocked }: Facts): Node[] {
  return [
    createElement(document, 'h3', {}, 'Your content security policy blocks the messenger'),
    createElement(
      document,
      'ul',
      {},
      ...blocked.map((each) => createElement(document, 'li', {}, describeBlocked(each))),
    ),
    createElement(document, 'p', {}, createLink('csp', 'All sources that the messenger needs')),
  ];
}

const createLink = (page: string, text: string) =>
  createElement(document, 'a', { href: DOCS + page, target: '_blank', rel: 'noopener noreferrer' }, text);
