// Says that the messenger is not the real one, and lets the developer try what happens to a visitor. It is in a shadow root, so
// that the page's styles do not apply to it.
import { createElement } from '../testing/ui-element.js';
import { adoptStyle } from '../testing/ui-style.js';
import type { FakeWindow } from '../testing/index.js';
import { BANNER_STYLE } from './banner-style.js';
import type { DevSite } from './dev-site.js';

const USERS = ['user-1', 'user-2'];

/** Shows the banner as soon as the page has a body. */
export function showBanner(window: FakeWindow, site: DevSite): void {
  const { document } = window;
  const host = createElement(document, 'div', { 'data-zendesk-messenger-dev': '' });
  const root = host.attachShadow({ mode: 'open' });
  adoptStyle(root, window, BANNER_STYLE);
  const status = createElement(document, 'div', { role: 'status' });
  const say = (text: string) => (status.textContent = text);
  const label = { 'aria-label': 'Fake Zendesk messenger' };
  root.append(
    createElement(
      document,
      'section',
      label,
      createHeader(document, site, host),
      createControls(document, site, say),
      status,
    ),
  );
  if (document.body) document.body.append(host);
  else document.addEventListener('DOMContentLoaded', () => document.body.append(host), { once: true });
}

function createButton(
  document: Document,
  text: string,
  onClick: (button: HTMLButtonElement) => void,
): HTMLButtonElement {
  const button = createElement(document, 'button', { type: 'button' }, text);
  button.addEventListener('click', () => onClick(button));
  return button;
}

function createHeader(document: Document, site: DevSite, host: HTMLElement): HTMLElement {
  const title = createElement(document, 'strong', {}, 'Fake Zendesk messenger.');
  const text = createElement(document, 'span');
  follow(site, () => {
    text.textContent = site.hasOwnEndpoint
      ? 'Your own token endpoint is asked. The messenger sends nothing to Zendesk.'
      : 'The messenger sends nothing to Zendesk.';
  });
  const hide = createButton(document, 'Hide', () => host.remove());
  return createElement(document, 'header', {}, createElement(document, 'p', {}, title, ' ', text), hide);
}

function createControls(document: Document, site: DevSite, say: (text: string) => void): HTMLElement {
  const expire = createButton(document, 'Expire token', () => {
    site.expireTokens();
    say('All tokens so far have expired. Send a message to see what happens.');
  });
  const revoke = createButton(document, 'Revoke token', () => {
    site.revokeTokens();
    say('Zendesk refuses all tokens so far. Send a message to see what happens.');
  });
  const fail = createButton(document, 'Fail token endpoint', (button) => {
    site.isFailing = !site.isFailing;
    button.setAttribute('aria-pressed', String(site.isFailing));
    say(site.isFailing ? 'The token endpoint answers with 503.' : 'The token endpoint works.');
  });
  fail.setAttribute('aria-pressed', 'false');
  const choice = createChoice(document, site, say);
  // They are about the endpoint in the page.
  follow(site, () => (choice.hidden = fail.hidden = site.hasOwnEndpoint));
  return createElement(document, 'div', { class: 'controls' }, choice, expire, revoke, fail);
}

/** Lets the developer choose who is signed in to the site. It follows what the page says with `setUser()`. */
function createChoice(document: Document, site: DevSite, say: (text: string) => void): HTMLElement {
  const select = createElement(document, 'select');
  let users: readonly (string | null)[] = [];
  follow(site, () => {
    const { user } = site;
    users = [null, ...(user === null || USERS.includes(user) ? [] : [user]), ...USERS];
    // Without a value: a user's id is in no attribute.
    select.replaceChildren(...users.map((each) => createElement(document, 'option', {}, each ?? 'nobody')));
    select.selectedIndex = users.indexOf(user);
  });
  select.addEventListener('change', () => {
    const user = users[select.selectedIndex] ?? null;
    site.signIn(user);
    say(`${user ?? 'Nobody'} is signed in to the site.`);
  });
  return createElement(document, 'label', {}, 'User of the site', select);
}

/** Calls the function now, and after every change of the site. */
function follow(site: DevSite, update: () => void): void {
  site.onChange(update);
  update();
}
