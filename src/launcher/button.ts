// What the visitor sees: the button, and a note beside it.
import type { LauncherOptions } from './options.js';
import { addStyle } from './style.js';

/** `away`: the messenger is there, so the button is not. */
export type ButtonState = 'idle' | 'loading' | 'failed' | 'away';

export interface LauncherButton {
  readonly host: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly state: ButtonState;
  /** Shows the state, and tells screen readers. */
  show(state: ButtonState): void;
  /** Hides the button, and passes the focus on to Zendesk's launcher, if it is there. Or shows it again, with the focus. */
  setAway(isAway: boolean, launcher: HTMLElement | undefined): void;
}

export function createButton({
  label,
  color,
  fallback,
  position = 'right',
  loadingText = 'Loading…',
  failedText = 'The chat did not load. Try again.',
}: LauncherOptions): LauncherButton {
  const host = document.createElement('zendesk-launcher');
  // Open, so that tests and tools for accessibility can look into it.
  const root = host.attachShadow({ mode: 'open' });
  // A landmark, because tools for accessibility want everything to be in one.
  const section = document.createElement('section');
  const button = document.createElement('button');
  const note = document.createElement('p');
  const notes: Partial<Record<ButtonState, (string | Node)[]>> = { loading: [loadingText], failed: [failedText] };
  let state: ButtonState = 'idle';
  let hadFocus = false;

  addStyle(root);
  if (fallback) {
    const { href, label: textContent } = fallback;
    notes.failed!.push(Object.assign(document.createElement('a'), { href, textContent }));
  }
  // By the CSSOM, because a policy may block the attribute.
  if (color) host.style.setProperty('--zendesk-launcher-color', color);
  section.setAttribute('aria-label', label);
  button.type = 'button';
  button.textContent = label;
  // It is there from the start: screen readers read only what changes in it.
  note.setAttribute('role', 'status');
  section.append(button, note);
  root.append(section);

  function show(next: ButtonState): void {
    state = next;
    section.className = `${position} ${next}`;
    button.setAttribute('aria-busy', String(next === 'loading'));
    note.replaceChildren(...(notes[next] ?? []));
  }

  function setAway(isAway: boolean, launcher: HTMLElement | undefined): void {
    if (isAway === (state === 'away')) return;
    if (isAway) {
      hadFocus = !!root.activeElement;
      show('away');
      if (hadFocus) launcher?.focus();
    } else {
      show('idle');
      // Only if nothing else has got the focus.
      if (hadFocus && document.activeElement === document.body) button.focus();
    }
  }

  show('idle');
  return {
    host,
    button,
    get state() {
      return state;
    },
    show,
    setAway,
  };
}
