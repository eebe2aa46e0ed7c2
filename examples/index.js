// The page with the ES module: the library, and the code that shows what it does.
import { createMessenger } from '/dist/index.js';
import { createTimeline, describeEvent } from '/dist/devtools.js';
import { clock, demo, post, say, showBreaches, describeChoice } from './demo-page.js';

const { users, mode } = demo;
const byId = (id) => document.getElementById(id);
const timeline = createTimeline(byId('timeline'), byId('legend'), clock);

const messenger = createMessenger({
  key: document.body.dataset.key,
  tokenUrl: '/zendesk-token',
  nonce: document.querySelector('script[nonce]').nonce,
  onEvent(event) {
    timeline.tell(event);
    say(...describeEvent(event), event.atMs);
  },
});

// ── Who is signed in ─────────────────────────────────────────────────────────────────────────────────────────────────

let siteUser = demo.user;
let lastUser = demo.user ?? 'ada';
let shownStatus;

/** Shows the snapshot. */
function show() {
  const { status, externalId, error } = messenger.getSnapshot();
  const user = Object.values(users).find((known) => known.externalId === externalId);
  const texts = {
    'signed-in': `${user?.name ?? externalId} is signed in`,
    'signing-in': 'Signing in…',
    'signed-out': 'Nobody is signed in',
    failed: 'Not signed in',
  };
  byId('status').textContent = texts[status];
  byId('status').dataset.status = status;
  byId('avatar').textContent = user?.name[0] ?? (status === 'failed' ? '!' : status === 'signing-in' ? '…' : '?');
  byId('site-user').textContent = users[siteUser]?.name ?? 'nobody';
  byId('messenger-user').textContent = user ? `${user.name} (${externalId})` : 'nobody';
  byId('problem').hidden = !error;
  byId('problem').textContent = error ? error.message : '';
  enable('sign-in', !siteUser || status === 'failed' || status === 'signed-out');
  enable('sign-out', siteUser);
  enable('switch-user', siteUser);
  enable('send', mode === 'fake');
  enable('revoke', mode === 'fake' && status === 'signed-in');
  enable('expire', mode === 'fake' && status === 'signed-in');
  timeline.see(messenger.getSnapshot());
  // Each login may carry another user's identity.
  if (mode === 'fake' && status !== shownStatus) showBreaches(byId('breach')).catch(() => {});
  shownStatus = status;
  tick();
}

/** The countdowns. */
function tick() {
  const { expiresAtMs, refreshAtMs } = messenger.getSnapshot();
  const now = clock.nowMs();
  const expiry =
    expiresAtMs === undefined ? '–' : expiresAtMs > now ? `in ${duration(expiresAtMs - now)}` : 'has expired';
  const renewal = refreshAtMs === undefined ? '–' : refreshAtMs > now ? `in ${duration(refreshAtMs - now)}` : 'due';
  byId('expiry').textContent = expiry;
  byId('renewal').textContent = renewal;
}

function duration(ms) {
  const s = Math.ceil(ms / 1000);
  return s < 120 ? `${s} s` : `${Math.round(s / 60)} min`;
}

// Not `disabled`, because a disabled button loses the keyboard focus.
function enable(id, isEnabled) {
  byId(id).setAttribute('aria-disabled', String(!isEnabled));
}

// ── The buttons ──────────────────────────────────────────────────────────────────────────────────────────────────────

function onClick(id, action) {
  byId(id).addEventListener('click', ({ currentTarget }) => {
    if (currentTarget.getAttribute('aria-disabled') === 'true') return;
    // The snapshot and the log already show the error of login().
    action().catch(() => {});
  });
}

async function signInToSite(user) {
  await post('sign-in', user);
  siteUser = lastUser = user;
  show();
  say('page', `${users[user].name} signed in to this site.`);
}

onClick('sign-in', async () => {
  // After a failure. setUser() with the same user does nothing.
  if (siteUser) return messenger.login();
  await signInToSite(lastUser);
  await messenger.setUser(siteUser);
});

onClick('sign-out', async () => {
  await post('sign-out');
  say('page', `${users[siteUser].name} signed out of this site.`);
  siteUser = undefined;
  await messenger.setUser(undefined);
  show();
});

// One user signs out and another signs in without a reload.
onClick('switch-user', async () => {
  const names = Object.keys(users);
  await signInToSite(names[(names.indexOf(siteUser) + 1) % names.length]);
  await messenger.setUser(siteUser);
});

let sent = 0;

onClick('send', async () => {
  sent += 1;
  const result = await window.fakeZendeskMessenger.send(`Message ${sent} from the page`);
  if ('failed' in result) {
    timeline.mark('failed');
    say('zendesk', `Message ${sent} failed: ${result.failed}`);
  } else {
    timeline.mark('message');
    const sender = result.sentAs === 'user' ? result.externalId : 'an anonymous visitor';
    say('zendesk', `Zendesk received message ${sent} from ${sender}.`);
  }
});

onClick('revoke', async () => {
  await post('revoke');
  say('page', 'The token is revoked. The messenger sends a request, which Zendesk will refuse.');
  await window.fakeZendeskMessenger.request();
});

// Simulates a laptop that sleeps: clocks go on, but timers and scripts stop until the page wakes up.
onClick('expire', async () => {
  const { expiresAtMs } = messenger.getSnapshot();
  if (expiresAtMs === undefined) return;
  const sleptMs = Math.max(expiresAtMs - clock.nowMs(), 0) + 2000;
  await post('sleep', Math.ceil(sleptMs));
  timeline.sleep(sleptMs);
  clock.advance(sleptMs);
  say('page', `The laptop slept for ${duration(sleptMs)}. The messenger still has the expired token.`);
  setTimeout(() => {
    say('page', 'The visitor returns to the page.');
    window.dispatchEvent(new Event('focus'));
  }, 1500);
});

for (const input of document.querySelectorAll('input[type="radio"]')) {
  input.checked = String(input.name === 'endpoint' ? demo.endpoint : demo.lifetimeS) === input.value;
  input.addEventListener('change', async () => {
    await post(input.name, input.value);
    say('page', describeChoice(input));
  });
}

// ── Start ────────────────────────────────────────────────────────────────────────────────────────────────────────────

document.querySelectorAll('[data-for]').forEach((node) => (node.hidden = node.dataset.for !== mode));
messenger.subscribe(show);
show();
setInterval(tick, 250);
// The server has put the signed-in user into the page. Without one, the messenger is loaded for an anonymous visitor.
void messenger.setUser(siteUser);
