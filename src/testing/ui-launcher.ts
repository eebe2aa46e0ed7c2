// The button in the launcher's frame, bottom right.
import type { FakeMessenger } from './fake-messenger.js';
import { createElement } from './ui-element.js';
import { adoptStyle, LAUNCHER_STYLE } from './ui-style.js';

/** Draws or updates the button in this frame. */
export function drawLauncher(frame: HTMLIFrameElement, messenger: FakeMessenger, onClick: () => void): void {
  const { contentDocument: inner, contentWindow: view } = frame;
  if (inner === null || view === null) return;
  place(frame);
  let button = inner.querySelector('button');
  if (button === null) {
    adoptStyle(inner, view as unknown as typeof globalThis, LAUNCHER_STYLE);
    inner.documentElement.lang = 'en';
    inner.title = 'Fake messenger';
    button = createElement(inner, 'button', { type: 'button' });
    button.addEventListener('click', onClick);
    inner.body.append(button);
    // Firefox loads the empty document a second time, in a later task, and discards the first one.
    frame.addEventListener('load', () => drawLauncher(frame, messenger, onClick), { once: true });
  }
  const unread = messenger.unreadCount > 0 ? `, ${messenger.unreadCount} unread` : '';
  const text = `${messenger.isOpen ? 'Close' : 'Open'} fake messenger${unread}`;
  if (button.textContent !== text) button.textContent = text;
  button.setAttribute('aria-expanded', String(messenger.isOpen));
}

/** Moves the keyboard focus to the button. */
export function focusLauncher(frame: HTMLIFrameElement | null): void {
  frame?.contentDocument?.querySelector('button')?.focus();
}

// Sets properties and no style attribute, because a content security policy could block the attribute.
function place({ style }: HTMLIFrameElement): void {
  Object.assign(style, {
    position: 'fixed',
    right: '10px',
    bottom: '10px',
    width: '270px',
    maxWidth: '100vw',
    height: '56px',
  });
  Object.assign(style, { border: '0', colorScheme: 'light', background: 'transparent' });
}
