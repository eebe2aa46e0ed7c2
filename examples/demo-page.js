// The parts of the page around the library: the server's settings, a clock that can skip time, and the log.

/** The values from the server: mode, user, users, lifetimeS, endpoint. */
export const demo = JSON.parse(document.body.dataset.demo);

// "Let the token expire" moves the page's clock forward. The library must not read Date.now before this.
const now = Date.now;
let sleptMs = 0;
Date.now = () => now() + sleptMs;

export const clock = {
  nowMs: () => Date.now(),
  advance(ms) {
    sleptMs += ms;
  },
};

/** Sends a button's action to the server. */
export async function post(action, value = '') {
  const response = await fetch(`/demo/${action}`, { method: 'POST', body: String(value) });
  if (!response.ok) {
    say('page', `The server refused ${action}: ${await response.text()}`);
    throw new Error(action);
  }
  return response;
}

/** Shows the logins that carried another user's identity. A page that treats its visitors well has none. */
export async function showBreaches(element) {
  const breaches = await (await post('breaches')).json();
  const nameOf = (externalId) =>
    Object.values(demo.users).find((user) => user.externalId === externalId)?.name ?? externalId;
  const sentences = breaches.map(
    ({ userId, belongsTo }) => `The login of ${nameOf(userId)} carried the identity of ${nameOf(belongsTo)}.`,
  );
  const text = sentences.length > 0 ? `Breach! ${[...new Set(sentences)].join(' ')}` : '';
  // An alert is read out again whenever its text is set.
  if (element.textContent !== text) element.textContent = text;
}

const NAMES = { site: 'Endpoint', token: 'Token', zendesk: 'Zendesk', page: 'Page' };
const MOST = 300;
const log = document.getElementById('log');

/** Adds a sentence at the top of the log. `about` is a lane of the timeline, or the page. */
export function say(about, text, atMs = clock.nowMs()) {
  const line = document.createElement('li');
  const time = document.createElement('time');
  const at = new Date(atMs);
  time.dateTime = at.toISOString();
  time.textContent = at.toTimeString().slice(0, 8);
  const tag = document.createElement('span');
  tag.className = `tag ${about}`;
  tag.textContent = NAMES[about];
  const sentence = document.createElement('span');
  sentence.textContent = text;
  line.append(time, tag, sentence);
  log.prepend(line);
  if (log.children.length > MOST) log.lastElementChild.remove();
}

/** The log's sentence for a selected radio button. */
export function describeChoice({ name, value }) {
  if (name === 'lifetime') {
    const text = { 10: '10 seconds', 60: '1 minute', 3600: '1 hour' }[value];
    return `New tokens are valid for ${text}. Press "Let the token expire" to get one now.`;
  }
  const texts = {
    normal: 'The endpoint answers normally.',
    slow: 'The endpoint takes 4.6 s, longer than the messenger waits. The library requests tokens in advance.',
    failing: 'The endpoint fails with 500. The library keeps the valid token and retries.',
  };
  return texts[value];
}
