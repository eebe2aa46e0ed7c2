// The window of the fake messenger: the visitor, the messages and a form. It is in a shadow root, so that the page's
// styles do not apply to it.
import type { FakeMessenger } from './fake-messenger.js';
import type { RequestResult } from './requests.js';
import { createElement } from './ui-element.js';
import { adoptStyle, WINDOW_STYLE } from './ui-style.js';

export interface UiWindow {
  readonly host: HTMLElement;
  update(): void;
  focusInput(): void;
}

export function createUiWindow(
  window: Window & typeof globalThis,
  messenger: FakeMessenger,
  close: () => void,
): UiWindow {
  const { document } = window;
  const host = createElement(document, 'div', { 'data-fake-zendesk-messenger': '' });
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, window, WINDOW_STYLE);

  const closeButton = createElement(document, 'button', { type: 'button' }, 'Close');
  const note = createElement(document, 'small', {}, '(not the real Zendesk messenger)');
  const title = createElement(document, 'h2', { id: 'title' }, 'Fake messenger ', note);
  const visitorText = createElement(document, 'strong');
  const details = createElement(document, 'span');
  const status = createElement(document, 'div', { class: 'status', role: 'status' }, visitorText, details);
  const log = createElement(document, 'ol', {
    role: 'log',
    'aria-live': 'polite',
    'aria-label': 'Messages',
    tabindex: '0',
  });
  const result = createElement(document, 'p', { class: 'result', role: 'status' });
  const input = createElement(document, 'input', { id: 'text', autocomplete: 'off' });
  const label = createElement(document, 'label', { for: 'text' }, 'Your message');
  const form = createElement(document, 'form', {}, label, input, createElement(document, 'button', {}, 'Send'));
  const header = createElement(document, 'header', {}, title, closeButton);
  const dialog = { role: 'dialog', 'aria-labelledby': 'title' };
  root.append(createElement(document, 'section', dialog, header, status, log, result, form));

  closeButton.addEventListener('click', close);
  root.addEventListener('keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') close();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (text === '') return;
    input.value = '';
    showResult('Sending ...', false);
    void messenger.send(text).then((sent) => showResult(...describeResult(sent)));
  });

  function showResult(text: string, failed: boolean): void {
    result.textContent = text;
    result.toggleAttribute('data-failed', failed);
  }

  // Add only new messages, because a screen reader announces every change.
  function showMessages(): void {
    const shown = [...log.children].map((item) => (item as HTMLElement).dataset['id']);
    const { messages } = messenger;
    if (shown.some((id, index) => messages[index]?.id !== id)) log.replaceChildren();
    const missing = messages.slice(log.children.length);
    log.append(...missing.map(({ id, text }) => createElement(document, 'li', { 'data-id': id }, text)));
    if (missing.length > 0) log.scrollTop = log.scrollHeight;
  }

  return {
    host,
    update() {
      const { style } = host;
      Object.assign(style, {
        position: 'fixed',
        right: '16px',
        bottom: '76px',
        width: '360px',
        maxWidth: 'calc(100vw - 32px)',
      });
      Object.assign(style, { height: '520px', maxHeight: 'calc(100vh - 92px)', zIndex: String(messenger.zIndex ?? 0) });
      style.display =
        messenger.live && messenger.isRendered && messenger.isOpen && !messenger.isHidden ? 'block' : 'none';
      setText(visitorText, describeVisitor(messenger.visitor));
      setText(details, describeFacts(messenger));
      showMessages();
    },
    focusInput: () => input.focus(),
  };
}

function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

function describeVisitor(visitor: FakeMessenger['visitor']): string {
  if (visitor.kind === 'user') return `Signed in as ${visitor.externalId}`;
  return visitor.kind === 'anonymous' ? 'Anonymous visitor' : 'Nobody is signed in';
}

// Plain ASCII only, because the page that loads the script may have any encoding.
function describeFacts({ build, asks, waitingAsks, widgets, isKilled }: FakeMessenger): string {
  const parts = [`Build ${build ?? 'unknown'}`, `token asked for ${asks} ${asks === 1 ? 'time' : 'times'}`];
  if (waitingAsks > 0) parts.push('waiting for the page to answer');
  if (isKilled) parts.push('kill switch seen');
  if (widgets > 1) parts.push(`${widgets} widgets: the page loads the snippet more than once`);
  return parts.join(', ');
}

function describeResult(sent: RequestResult): [text: string, failed: boolean] {
  if ('failed' in sent) return [`Not sent. ${sent.failed}`, true];
  return [sent.sentAs === 'user' ? `Sent as ${sent.externalId}` : 'Sent as an anonymous visitor', false];
}
