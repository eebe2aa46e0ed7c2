// The list of events, newest first. Their sentences contain no token, no e-mail address and no id.
import type { MessengerEvent } from '../index.js';
import { createElement } from '../testing/ui-element.js';
import { scrub } from './scrub.js';
import { describeEvent, type EventSubject } from './sentences.js';

const MAX_LINES = 100;
const SUBJECTS: Readonly<Record<EventSubject, readonly [text: string, className: string]>> = {
  site: ['Endpoint', 'site'],
  token: ['Token', 'token-tag'],
  zendesk: ['Zendesk', 'zendesk'],
  page: ['Page', 'page'],
};

export interface EventList {
  readonly element: HTMLElement;
  add(event: MessengerEvent, secrets: ReadonlySet<string>): void;
}

export function createEventList(): EventList {
  // Not a live region: a sign-in alone has ten events, and the status says what came of them.
  const list = createElement(document, 'ol', { 'aria-label': 'Events, newest first' });
  const element = createElement(
    document,
    'div',
    { class: 'events', tabindex: '0', role: 'group', 'aria-label': 'Events' },
    list,
  );
  return {
    element,
    add(event, secrets) {
      // The only text in a sentence that is not the library's own.
      const isForeign = event.type === 'call-refused';
      const [subject, sentence] = describeEvent(
        isForeign ? { ...event, command: scrub(event.command, secrets) } : event,
      );
      const [text, className] = SUBJECTS[subject];
      const at = new Date(event.atMs);
      list.prepend(
        createElement(
          document,
          'li',
          {},
          createElement(document, 'time', { datetime: at.toISOString() }, at.toTimeString().slice(0, 8)),
          createElement(document, 'span', { class: className }, text),
          createElement(document, 'span', {}, sentence),
        ),
      );
      if (list.childElementCount > MAX_LINES) list.lastElementChild!.remove();
    },
  };
}
