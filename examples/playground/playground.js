// The playground: tabs of a shop, whose network, storage and clock are in this page. Nothing is sent anywhere.
import { createFakeBackend, installFakeMessenger, signToken } from '../dist/testing.js';
import { createTimeline, describeEvent } from '../dist/devtools.js';
import { createCodePanel } from './code-panel.js';
import { createLog } from './log.js';
import { createClock, createSite, nameOf, USERS } from './site.js';
import { createColumn } from './stage.js';
import { STEPS } from './steps.js';

const byId = (id) => document.getElementById(id);
const clock = createClock();
const say = createLog(byId('log'), clock);
const timeline = createTimeline(byId('timeline'), byId('legend'), clock);
const panel = createCodePanel(byId('code'));
const createBackend = () => createFakeBackend({ now: clock.nowMs });
const first = createBackend();
const site = createSite({ clock, sign: (claims) => signToken(claims, first.account) });
site.changedAtMs = clock.nowMs();

// ── The tabs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

const common = { site, clock, installFakeMessenger, report };
const library = createColumn({ ...common, place: byId('library'), isWithLibrary: true, backend: first });
let compared;
const columns = () => (compared ? [library, compared] : [library]);
const pages = () => columns().flatMap((column) => column.pages());

const nameTab = ({ number, isWithLibrary }) => `Tab ${number}${isWithLibrary ? '' : ', hand-written'}`;

/** What a tab tells: an event of the library, a message, that something went wrong, or only that something has changed. */
function report({ event, sent, result, wrong }, tab) {
  if (event) {
    const [lane, sentence] = describeEvent(event);
    say(nameTab(tab), sentence, lane);
    if (tab.number === 1) timeline.tell(event);
  }
  if (result) reportMessage(sent, result, tab);
  if (wrong) say(nameTab(tab), `${wrong}.`, 'bad');
  update();
}

function reportMessage(text, result, tab) {
  const isFirst = tab.isWithLibrary && tab.number === 1;
  if (isFirst) timeline.mark('failed' in result ? 'failed' : 'message');
  if ('failed' in result) return say(nameTab(tab), `“${text}” was not sent: ${result.failed}.`, 'bad');
  const sender = result.sentAs === 'user' ? nameOf(result.externalId) : 'an anonymous visitor';
  const isWrong = (result.sentAs === 'user' ? result.externalId : null) !== site.user;
  say(nameTab(tab), `Zendesk received “${text}” from ${sender}.`, isWrong ? 'bad' : 'zendesk');
}

function update() {
  columns().forEach((column) => column.update());
  const page = library.pages()[0];
  const snapshot = page?.read().snapshot;
  enable('sign-in', page && site.user === null);
  enable('switch-user', page && site.user !== null);
  enable('sign-out', page && site.user !== null);
  enable('send', page?.read().live);
  enable('expire', snapshot?.status === 'signed-in' && snapshot.expiresAtMs);
  enable('revoke', snapshot?.status === 'signed-in');
  for (const id of ['second-tab', 'reload', 'replace-body', 'consent', 'compare']) enable(id, page);
  showBreaches();
}

// Not `disabled`, because a disabled button loses the keyboard focus.
function enable(id, isEnabled) {
  const value = String(!isEnabled);
  if (byId(id).getAttribute('aria-disabled') !== value) byId(id).setAttribute('aria-disabled', value);
}

function showBreaches() {
  const texts = columns().flatMap(({ backend, isWithLibrary }) =>
    backend.breaches.map(
      ({ userId, belongsTo }) =>
        `${isWithLibrary ? 'The library' : 'Hand-written code'}: ${nameOf(userId)}’s login carried ${nameOf(belongsTo)}’s stored ` +
        'identity. Users report that the next user then sees the conversation of the one before.',
    ),
  );
  const text = [...new Set(texts)].join(' ');
  // An alert is read out again whenever its text is set.
  if (byId('breach').textContent !== text) byId('breach').textContent = text;
}

// ── The buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Says what happens, shows the code, and runs it in the first tab of each column. */
function perform(step, sentence, run = () => {}) {
  say('Visitor', sentence);
  panel.show(STEPS[step], site.user);
  run();
  update();
}

const runPart = (part) => columns().forEach((column) => column.pages()[0]?.run(part));

function setUser(user, step, sentence) {
  site.user = user?.externalId ?? null;
  site.changedAtMs = clock.nowMs();
  perform(step, sentence, () => runPart(STEPS[step].part));
  pages().forEach((page) => page.update());
}

let sent = 0;
let lastUser = USERS.ada;

const ACTIONS = {
  'sign-in'() {
    setUser(lastUser, 'sign-in', `${lastUser.name} signs in to the shop, in tab 1.`);
  },
  'switch-user'() {
    lastUser = site.user === USERS.ada.externalId ? USERS.grace : USERS.ada;
    setUser(
      lastUser,
      'switch-user',
      `${lastUser.name} signs in to the shop in place of ${nameOf(site.user)}, in tab 1.`,
    );
  },
  'sign-out'() {
    setUser(null, 'sign-out', `${nameOf(site.user)} signs out of the shop, in tab 1.`);
  },
  send() {
    sent += 1;
    const text = `Message ${sent}`;
    perform('send', 'The visitor sends a message, in tab 1.', () =>
      columns().forEach((column) => void column.pages()[0]?.send(text)),
    );
  },
  expire() {
    // Also that of hand-written code, which may have got its token later.
    const ends = columns().flatMap(({ tabs }) => tabs.map(({ token }) => token?.expiresAtMs ?? 0));
    const sleptMs = Math.max(...ends, clock.nowMs()) - clock.nowMs() + 2000;
    timeline.sleep(sleptMs);
    clock.advance(sleptMs);
    perform(
      'expire',
      `The laptop sleeps for ${Math.round(sleptMs / 1000)} s. The token expires. The visitor comes back.`,
      wake,
    );
  },
  revoke() {
    columns().forEach((column) => column.revoke());
    perform('revoke', 'The token is revoked. Zendesk refuses the messenger’s next request.', () =>
      pages().forEach((page) => page.reconnect()),
    );
  },
  'second-tab'() {
    const isOpen = library.tabs.length === 2;
    byId('second-tab').textContent = isOpen ? 'Open a second tab' : 'Close the second tab';
    perform(
      isOpen ? 'close-tab' : 'second-tab',
      isOpen ? 'The visitor closes the second tab.' : 'The visitor opens a second tab.',
      () => columns().forEach((column) => (isOpen ? column.closeTab() : column.openTab())),
    );
    byId('stage').dataset.tabs = String(library.tabs.length);
  },
  reload() {
    perform('reload', 'The visitor loads tab 1 again.', () => columns().forEach((column) => column.reload()));
  },
  'replace-body'() {
    perform('replace-body', 'The site’s router replaces the body of tab 1.', () =>
      columns().forEach((column) => column.pages()[0]?.replaceBody()),
    );
  },
  consent() {
    site.hasConsent = !site.hasConsent;
    site.changedAtMs = clock.nowMs();
    const step = site.hasConsent ? 'consent-all' : 'consent-none';
    byId('consent').textContent = site.hasConsent ? 'Withdraw consent' : 'Give consent';
    perform(step, site.hasConsent ? 'The visitor agrees to cookies.' : 'The visitor refuses cookies.', () =>
      pages().forEach((page) => page.run(step)),
    );
  },
  compare() {
    const isOn = !compared;
    byId('compare').setAttribute('aria-pressed', String(isOn));
    byId('compared').hidden = !isOn;
    panel.setCompared(isOn);
    const place = byId('hand-written');
    if (!isOn) {
      place.replaceChildren();
      compared = undefined;
    } else {
      compared = createColumn({ ...common, place, isWithLibrary: false, backend: createBackend() });
      library.tabs.forEach(() => compared.openTab());
      say('Page', 'The hand-written code starts with the same user. It gets the same actions from now on.');
    }
    update();
  },
};

function wake() {
  pages().forEach((page) => page.wake());
}

for (const [id, action] of Object.entries(ACTIONS)) {
  byId(id).addEventListener('click', ({ currentTarget }) => {
    if (currentTarget.getAttribute('aria-disabled') !== 'true') action();
  });
}

for (const input of document.querySelectorAll('input[name="endpoint"]')) {
  // Firefox keeps the choice when the page is loaded again.
  if (input.checked) site.endpoint = input.value;
  input.addEventListener('change', () => {
    site.endpoint = input.value;
    perform(input.value, `The token endpoint is ${input.value} from now on.`);
  });
}

// ── Start ────────────────────────────────────────────────────────────────────────────────────────────────────────────

// Each tab finds its part here when it loads.
window.playground = { open: (view) => columns().reduce((found, column) => found ?? column.open(view), undefined) };
panel.show(STEPS.load, null);
library.openTab();
setInterval(() => {
  update();
  // Not while the library tells its events: its snapshot is of the time before them.
  const snapshot = library.pages()[0]?.read().snapshot;
  if (snapshot) timeline.see(snapshot);
}, 250);
