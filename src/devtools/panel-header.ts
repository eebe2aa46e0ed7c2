// The head of the panel: the status in words, and the buttons.
import { createElement } from '../testing/ui-element.js';
import { createButton, enable } from './panel-button.js';
import type { Facts } from './report.js';
import { setText } from './set-text.js';
import { describeStatus } from './words.js';

export interface HeaderActions {
  renew(): void;
  signOut(): void;
  copyReport(): void;
  close(): void;
}

export interface PanelHeader {
  readonly elements: readonly HTMLElement[];
  readonly closeButton: HTMLButtonElement;
  /** Says what a button has done, also to a screen reader. */
  say(text: string): void;
  update(facts: Facts): void;
}

export function createHeader(actions: HeaderActions): PanelHeader {
  const status = createElement(document, 'p', { class: 'status', role: 'status' });
  const note = createElement(document, 'p', { class: 'note', role: 'status' });
  const renew = createButton('Renew now', 'primary', () => actions.renew());
  const signOut = createButton('Sign out', '', () => actions.signOut());
  const copy = createButton('Copy report', '', () => actions.copyReport());
  const closeButton = createButton('Close', '', () => actions.close());
  renew.title = 'Requests the next token. Needs a signed-in user.';
  signOut.title = 'Signs the user out of the messenger, and not of your site.';
  copy.title = 'Copies a report for Zendesk’s support, without tokens, e-mail addresses and ids.';
  const title = createElement(
    document,
    'div',
    { class: 'title' },
    createElement(document, 'span', { class: 'dot', 'aria-hidden': 'true' }),
    createElement(document, 'h2', {}, 'Zendesk messenger'),
    status,
  );
  const buttons = createElement(document, 'div', { class: 'buttons' }, renew, signOut, copy, closeButton);
  return {
    elements: [createElement(document, 'header', {}, title, buttons), note],
    closeButton,
    say: (text) => (note.textContent = text),
    update({ snapshot }) {
      setText(status, describeStatus(snapshot));
      enable(renew, snapshot.status === 'signed-in');
      enable(signOut, snapshot.status !== 'signed-out');
    },
  };
}
