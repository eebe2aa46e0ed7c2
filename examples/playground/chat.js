// The window of the fake messenger in a tab: whom it takes the visitor for, the messages, and a form.
import { makeElement } from './make-element.js';
import { nameOf } from './site.js';

/** Creates the window. `update()` shows it while the messenger is on the page, and draws what has changed. */
export function createChat(document, messenger, onSent) {
  const parts = createParts(document);
  const { chat, form, input } = parts;
  /** As whom each message was sent, by its id. */
  const senders = new Map();

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = input.value.trim();
    input.value = '';
    if (text) void send(text);
  });

  async function send(text) {
    const result = await messenger.send(text);
    const last = messenger.messages.at(-1);
    if ('sentAs' in result && last) senders.set(last.id, describe(result));
    onSent(text, result);
    update();
    return result;
  }

  function isShown() {
    const launcher = document.querySelector('iframe#launcher');
    return messenger.live && launcher !== null && launcher.style.display !== 'none';
  }

  function update() {
    showVisitor(parts, messenger.visitor);
    showMessages(document, parts, messenger.messages, senders);
    if (!isShown()) chat.remove();
    else if (chat.parentNode !== document.body) document.body.append(chat);
  }

  return { update, send };
}

function createParts(document) {
  const make = (...parts) => makeElement(document, ...parts);
  const who = make('p', { className: 'who' });
  const list = make('ol');
  const log = make('div', { className: 'log', tabIndex: 0 }, { role: 'log', 'aria-label': 'Messages' }, list);
  const input = make('input', { autocomplete: 'off', placeholder: 'Your message' }, { 'aria-label': 'Your message' });
  const form = make('form', {}, {}, input, make('button', { textContent: 'Send' }));
  const title = make('h2', { textContent: 'Fake messenger', id: 'chat-title' });
  const chat = make('section', { className: 'chat' }, { 'aria-labelledby': 'chat-title' }, title, who, log, form);
  return { chat, who, list, log, input, form };
}

function showVisitor({ who }, { kind, externalId }) {
  const text = { user: nameOf(externalId), anonymous: 'Anonymous visitor', none: 'Nobody is signed in' }[kind];
  if (who.textContent !== text) who.textContent = text;
  who.dataset.kind = kind;
}

// Only new messages are added, because a screen reader announces each one.
function showMessages(document, { list, log }, messages, senders) {
  const shown = [...list.children].map((item) => item.dataset.id);
  if (shown.some((id, index) => messages[index]?.id !== id)) list.replaceChildren();
  for (const { id, text } of messages.slice(list.children.length)) {
    list.append(makeElement(document, 'li', { textContent: text }, { 'data-id': id }));
    log.scrollTop = log.scrollHeight;
  }
  // The messenger shows a message before it says as whom it was sent.
  for (const item of list.children) {
    const sender = senders.get(item.dataset.id);
    if (sender && item.childElementCount === 0) item.append(makeElement(document, 'small', { textContent: sender }));
  }
}

const describe = (result) => (result.sentAs === 'user' ? `as ${nameOf(result.externalId)}` : 'anonymously');
