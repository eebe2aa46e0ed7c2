// The page with the script tag. The tag has created `zendeskMessenger` and started it. This code only shows its snapshot.
const messenger = window.zendeskMessenger;
const byId = (id) => document.getElementById(id);
const { mode, users } = JSON.parse(document.body.dataset.demo);

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
  byId('problem').hidden = !error;
  byId('problem').textContent = error?.message ?? '';
  enable('sign-in', status === 'signed-out' || status === 'failed');
  enable('sign-out', status !== 'signed-out');
  enable('open', true);
  tick();
}

function tick() {
  const { refreshAtMs, expiresAtMs } = messenger.getSnapshot();
  byId('renewal').textContent = countdown(refreshAtMs);
  byId('expiry').textContent = countdown(expiresAtMs);
}

function countdown(atMs) {
  if (atMs === undefined) return '–';
  const s = Math.max(0, Math.ceil((atMs - Date.now()) / 1000));
  return s < 120 ? `in ${s} s` : `in ${Math.round(s / 60)} min`;
}

// Not `disabled`, because a disabled button loses the keyboard focus.
function enable(id, isEnabled) {
  byId(id).setAttribute('aria-disabled', String(!isEnabled));
}

function onClick(id, action) {
  byId(id).addEventListener('click', ({ currentTarget }) => {
    if (currentTarget.getAttribute('aria-disabled') !== 'true') void action();
  });
}

onClick('sign-in', async () => {
  await fetch('/demo/sign-in', { method: 'POST', body: 'ada' });
  // The snapshot already shows the error of login().
  await messenger.login().catch(() => {});
});

onClick('sign-out', async () => {
  await fetch('/demo/sign-out', { method: 'POST' });
  await messenger.logout();
});

onClick('open', async () => messenger.zE('messenger', 'open'));

document.querySelectorAll('[data-for]').forEach((node) => (node.hidden = node.dataset.for !== mode));
messenger.subscribe(show);
show();
setInterval(tick, 250);
