// The panel: a button that shows the status, and what it opens. It is in a shadow root, so that the page's styles do not apply.
import type { MessengerEvent } from '../index.js';
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

/** Creates the panel and puts it into the page. */
export function createPanel(actions: Omit<HeaderActions, 'close'>, isOpen: boolean): Panel {
  const host = createElement(document, 'zendesk-messenger-devtools' as 'div');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, PANEL_STYLE);
  const pillText = createElement(document, 'span');
  const dot = createElement(document, 'span', { class: 'dot', 'aria-hidden': 'true' });
  const pill = createButton('', 'pill', () => show(true, true));
  pill.setAttribute('aria-expanded', 'false');
  pill.append(dot, pillText);
  const header = createHeader({ ...actions, close: () => show(false, true) });
  const problems = createProblemList();
  const facts = createFactList();
  const events = createEventList();
  const picture = createElement(document, 'div');
  const legend = createElement(document, 'ul', { 'aria-label': 'Legend' });
  const body = createElement(
    document,
    'div',
    { class: 'body', tabindex: '0', role: 'group', 'aria-label': 'Details' },
    ...problems.elements,
    createElement(document, 'div', {}, facts.element),
    createElement(document, 'div', {}, createElement(document, 'h3', {}, 'Events'), events.element),
    createElement(document, 'div', { class: 'wide' }, createElement(document, 'h3', {}, 'Timeline'), picture, legend),
  );
  const panel = createElement(document, 'div', { class: 'panel' }, ...header.elements, body);
  const dock = createElement(
    document,
    'section',
    { class: 'dock', 'aria-label': 'Zendesk messenger devtools' },
    pill,
    panel,
  );
  root.append(dock);

  function show(isNowOpen: boolean, movesFocus: boolean): void {
    dock.classList.toggle('open', isNowOpen);
    panel.hidden = !isNowOpen;
    pill.hidden = isNowOpen;
    if (movesFocus) (isNowOpen ? header.closeButton : pill).focus();
  }
  panel.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') show(false, true);
  });
  show(isOpen, false);
  // Beside the body, because some pages replace their body, and the panel stays.
  document.documentElement.append(host);
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
      header.update(current);
      facts.update(current);
      problems.update(current);
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
      host.remove();
    },
  };
}
