// The panel: a button that shows the status, and what it opens. It is in a shadow root, so that the page's styles do not apply.
import type { MessengerEvent } from '../index.js';
import { keepInBody } from '../launcher/keep-in-body.js';
import { createElement } from '../testing/ui-element.js';
import { adoptStyle } from './adopt-style.js';
import { createButton } from './panel-button.js';
import { createEventList } from './panel-events.js';
import { createFactList } from './panel-facts.js';
import { createHeader, type HeaderActions } from './panel-header.js';
import { createProblemList } from './panel-problems.js';
import { PANEL_STYLE } from './panel-style.js';
import type { Facts } from './report.js';
import { setText } from './set-text.js';
import { createTimeline } from './timeline.js';
import { describeStatus } from './words.js';

export interface Panel {
  readonly host: HTMLElement;
  tell(event: MessengerEvent, secrets: ReadonlySet<string>): void;
  update(facts: Facts): void;
  say(text: string): void;
  /** Shows a text to copy by hand. */
  showText(text: string): void;
  remove(): void;
}

/** The name of the element that has the panel. */
export const HOST_NAME = 'zendesk-messenger-devtools';

type Actions = Omit<HeaderActions, 'close'>;

/** Creates the panel and puts it into the page. */
export function createPanel(actions: Actions, isOpen: boolean): Panel {
  const host = createElement(document, HOST_NAME as 'div');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, PANEL_STYLE);
  const parts = createParts(actions, isOpen);
  const { dock, pillText, header, problems, facts, events, picture, legend, body } = parts;
  root.append(dock);
  const removal = new AbortController();
  keepInBody(host, removal.signal);
  const timeline = createTimeline(picture, legend);

  return {
    host,
    say: header.say,
    tell(event, secrets) {
      timeline.tell(event);
      events.add(event, secrets);
    },
    update(current) {
      dock.dataset['status'] = current.snapshot.status;
      setText(pillText, `Zendesk: ${describeStatus(current.snapshot)}`);
      for (const part of [header, facts, problems]) part.update(current);
      timeline.see(current.snapshot);
    },
    showText(text) {
      const area = createElement(document, 'textarea', { readonly: '', 'aria-label': 'Report', class: 'mono wide' });
      area.value = text;
      body.querySelector('textarea')?.remove();
      body.prepend(area);
      area.focus();
      area.select();
    },
    remove() {
      timeline.remove();
      removal.abort();
    },
  };
}

/** Creates the elements, and lets the two buttons and Escape open and close the panel. */
function createParts(actions: Actions, isOpen: boolean) {
  const pillText = createElement(document, 'span');
  const pill = createButton('', 'pill', () => open(true));
  pill.setAttribute('aria-expanded', 'false');
  pill.append(createElement(document, 'span', { class: 'dot', 'aria-hidden': 'true' }), pillText);
  const header = createHeader({ ...actions, close: () => open(false) });
  const content = createContent();
  const panel = createElement(document, 'div', { class: 'panel' }, ...header.elements, content.body);
  const label = { 'aria-label': 'Zendesk messenger devtools' };
  const dock = createElement(document, 'section', { class: 'dock', ...label }, pill, panel);

  function show(isShown: boolean): void {
    dock.classList.toggle('open', isShown);
    panel.hidden = !isShown;
    pill.hidden = isShown;
  }
  function open(isShown: boolean): void {
    show(isShown);
    (isShown ? header.closeButton : pill).focus();
  }
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    // The page's own dialog stays open.
    event.stopPropagation();
    open(false);
  });
  show(isOpen);
  return { dock, pillText, header, ...content };
}

function createContent() {
  const problems = createProblemList();
  const facts = createFactList();
  const events = createEventList();
  const picture = createElement(document, 'div');
  const legend = createElement(document, 'ul', { 'aria-label': 'Legend' });
  const createTitle = (text: string) => createElement(document, 'h3', {}, text);
  const body = createElement(
    document,
    'div',
    { class: 'body', tabindex: '0', role: 'group', 'aria-label': 'Details' },
    ...problems.elements,
    createElement(document, 'div', {}, facts.element),
    createElement(document, 'div', {}, createTitle('Timeline'), picture, legend),
    createElement(document, 'div', { class: 'wide' }, createTitle('Events'), events.element),
  );
  return { problems, facts, events, picture, legend, body };
}
