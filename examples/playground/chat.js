// The window of the fake messenger in a tab: whom it takes the visitor for, the messages, and a form.
import { nameOf } from './site.js';

/** Creates the window. `update()` shows it while the messenger is on the page, and draws what has changed. */
export function createChat(document, messenger, onSent) {
  const who = make('p', { className: 'who' });
  const list = make('ol');
  const log = make('div', { className: 'log', tabIndex: 0 }, { role: 'log', 'aria-label': 'Messages' }, list);
  const input = make('input', { autocomplete: 'off', placeholder: 'Your message' }, { 'aria-label': 'Your message' });
  const form = make('form', {}, {}, input, make('button', { textContent: 'Send' }));
  const title = make('h2', { textContent: 'Fake messenger', id: 'chat-title' });
  const chat = make('section', { className: 'chat' }, { 'aria-labelledby': 'chat-title' }, title, who, log, form);
  const senders = new Map();

  function make(name, properties = {}, attributes = {}, ...children) {
    const node = Object.assign(document.createElement(name), properties);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  }

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

  // Only new messages are added, because a screen reader announces each one.
  function showMessages() {
    const { messages } = messenger;
    const shown = [...list.children].map((item) => item.dataset.id);
    if (shown.some((id, index) => messages[index]?.id !== id)) list.replaceChildren();
    for (const { id, text } of messages.slice(list.children.length)) {
      const item = make('li', { textContent: text });
      item.dataset.id = id;
      list.append(item);
      log.scrollTop = log.scrollHeight;
    }
    // The messenger shows a message before it says as whom it was sent.
    for (const item of list.children) {
      const sender = senders.get(item.dataset.id);
      if (sender && item.childElementCount === 0) item.append(make('small', { textContent: sender }));
    }
  }

  function update() {
    const { visitor } = messenger;
    const text = { user: nameOf(visitor.externalId), anonymous: 'Anonymous visitor', none: 'Nobody is signed in' };
    const kind = visitor.kind;
    if (who.textContent !== text[kind]) who.textContent = text[kind];
    who.dataset.kind = kind;
    showMessages();
    if (!isShown()) chat.remove();
    else if (chat.parentNode !== document.body) document.body.append(chat);
  }

  return { update, send };
}

const describe = (result) => (result.sentAs === 'user' ? `as ${nameOf(result.externalId)}` : 'anonymously');
