// A page of the shop, in a frame of the playground. It runs the shown code, with the library or with hand-written code.
import { createMessenger } from '../dist/index.js';
import { createChat } from './chat.js';
import { handWritten } from './hand-written.js';
import { createBody } from './shop.js';
import { nameOf } from './site.js';
import { withLibrary } from './with-library.js';

// Opened without the playground around it, the page stays as it is in the HTML.
const host = window.parent.playground?.open(window);
if (host) startTab(host);

function startTab({ isWithLibrary, messenger: fake, site, report }) {
  const actions = isWithLibrary ? withLibrary : handWritten;
  // The timeline needs the events. The shown code does without.
  const onEvent = (event) => report({ event });
  const scope = { createMessenger: (options) => createMessenger({ ...options, onEvent }) };
  const chat = createChat(document, fake, (text, result) => report({ sent: text, result }));
  let wasLive = false;
  // Whom this page knows. Another tab may have signed somebody in since it was loaded.
  let knownUser = site.user;

  /** As a router such as Turbo does it: a new body, without the messenger's frames. */
  function replaceBody() {
    document.body = createBody(document);
    update();
  }

  function run(part) {
    if (part.startsWith('sign')) knownUser = site.user;
    Object.assign(scope, actions[part]({ ...scope, userId: site.user }));
    update();
  }

  function update() {
    wasLive ||= fake.live;
    document.getElementById('user').textContent =
      (knownUser && site.user) === null ? 'Not signed in' : nameOf(site.user);
    chat.update();
    report({});
  }

  /** The messenger's own request in the background. Without a user it would create an anonymous visitor. */
  function reconnect() {
    if (fake.visitor.kind === 'user') void fake.connectRealtime().then(update);
  }

  function start() {
    if (!isWithLibrary) insertSnippet();
    const started = actions.start({ ...scope, userId: site.user });
    Object.assign(scope, isWithLibrary ? { messenger: started } : started);
    started.subscribe?.(update);
    if (!site.hasConsent) run('consent-none');
  }

  window.tab = {
    run,
    replaceBody,
    update,
    send: chat.send,
    /** What the badge depends on. */
    read: () => ({
      live: fake.live,
      wasLive,
      knownUser,
      visitor: fake.visitor,
      snapshot: isWithLibrary ? scope.messenger?.getSnapshot() : undefined,
    }),
    reconnect,
    /** The visitor comes back to the tab, and the messenger connects again. */
    wake() {
      window.dispatchEvent(new Event('focus'));
      reconnect();
    },
  };
  replaceBody();
  fake.onChange(update);
  // Nothing else tells that the messenger's frames are gone, or that its button is hidden.
  const options = { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] };
  new MutationObserver(() => chat.update()).observe(document.documentElement, options);
  start();
}

/** Zendesk's own tag, as it is in the HTML of a page with hand-written code. The fake messenger runs instead. */
function insertSnippet() {
  const tag = document.createElement('script');
  tag.id = 'ze-snippet';
  tag.src = 'https://static.zdassets.com/ekr/snippet.js?key=0f1e2d3c-4b5a-4697-8876-655443322110';
  document.head.append(tag);
}
