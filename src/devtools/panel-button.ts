// The panel's buttons.
import { createElement } from '../testing/ui-element.js';

/** Creates a button. While it is disabled, a click does nothing. */
export function createButton(text: string, className: string, onClick: () => void): HTMLButtonElement {
  const button = createElement(document, 'button', { type: 'button', class: className }, text);
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') onClick();
  });
  return button;
}

/** Not `disabled`, because a disabled button loses the keyboard focus. */
export function enable(button: HTMLButtonElement, isEnabled: boolean): void {
  button.setAttribute('aria-disabled', String(!isEnabled));
}
