// The token doctor's page. All findings come from zendesk-messenger-auth/inspect.
import { checkSignature, inspectToken, mergeFindings, redact } from '../dist/inspect.js';
import { createCopier } from './copying.js';
import { countFindings, isShown, showFindings, write } from './findings.js';
import { drawPart, readParts } from './parts.js';
import { SAMPLES } from './samples.js';
import { packReport, readLink } from './shared-report.js';
import { createSharedView } from './shared-view.js';
import { createTimeline, describeTimes, readTimes } from './timeline.js';

const byId = (id) => document.getElementById(id);
const tokenField = byId('token');
const secretField = byId('secret');
const timeline = createTimeline(byId('picture'));
const copier = createCopier(byId);

// Where a link to a report leads. A page on a developer's own computer can be opened by nobody else.
const PUBLIC_PAGE =
  location.protocol === 'https:'
    ? location.origin + location.pathname
    : 'https://zendesk-messenger-auth.github.io/zendesk-messenger-auth/doctor/';
const PAUSE_MS = 150;
// A longer text is inspected only once instead of every second.
const MOST_WATCHED = 100_000;

// ── The results ──────────────────────────────────────────────────────────────────────────────────────────────────────

// The parts of the current token, and the result of the signature check. `none` means that there is no secret.
let parts;
let signature = { state: 'none', findings: [] };
// Increases with every check, so that the result of an older check is ignored.
let generation = 0;

/** Without the one line break that copying from a file or a terminal adds. The command ignores it, too. */
const readToken = () => tokenField.value.replace(/\n$/, '');

async function inspect() {
  const mine = ++generation;
  const [token, secret] = [readToken(), secretField.value];
  parts = readParts(token);
  signature = { state: secret === '' || token === '' ? 'none' : 'checking', findings: [] };
  show();
  if (signature.state === 'none') return;
  const checked = await check(token, secret);
  if (mine !== generation) return;
  signature = checked;
  show();
}

async function check(token, secret) {
  try {
    const findings = await checkSignature(token, secret);
    return { state: findings.length > 0 ? 'wrong' : 'right', findings };
  } catch {
    // checkSignature rejects a secret that is only white space and quotes.
    return { state: 'empty-secret', findings: [] };
  }
}

function show() {
  const token = readToken();
  const isEmpty = token === '';
  const nowMs = Date.now();
  byId('about').hidden = !isEmpty;
  byId('report-card').hidden = isEmpty;
  byId('parts').hidden = parts === undefined;
  const findings = isEmpty ? [] : listFindings(token, nowMs);
  showFindings(byId('findings'), findings);
  showSummary(isEmpty, findings);
  showParts(findings);
  showReport(nowMs);
  copier.clear();
  showTimes(nowMs);
}

/** The times in the report are relative to now. */
function showReport(nowMs) {
  const token = readToken();
  byId('report').textContent = token === '' ? '' : redact(token, { nowMs });
}

/** The findings about the token and its signature. */
function listFindings(token, nowMs) {
  return mergeFindings(inspectToken(token, { nowMs }), signature.findings);
}

const SIGNATURES = {
  none: 'The signature was not checked: no secret is given.',
  checking: 'The signature is being checked…',
  right: 'The signature is correct: the token was signed with this secret.',
  'empty-secret': 'The signature was not checked: the secret contains only white space or quotes.',
};

function showSummary(isEmpty, findings) {
  const isRefused = findings.some(({ severity }) => severity === 'error');
  const isChecking = signature.state === 'checking';
  const count = countFindings(findings);
  const verdict = isRefused
    ? 'Zendesk refuses this token.'
    : isChecking
      ? 'The signature is being checked…'
      : 'Nothing was found that Zendesk refuses.';
  const summary = byId('summary');
  summary.dataset.state = isEmpty ? 'empty' : isRefused ? 'refused' : isChecking ? 'checking' : 'clear';
  write(
    summary,
    isEmpty ? 'No token yet. Paste a token to see its findings.' : [count && `${count}.`, verdict].join(' ').trim(),
  );
  // A signature that is right, but written in hex, has a finding of inspectToken.
  const isContradicted = signature.state === 'right' && findings.some(({ part }) => part === 'signature');
  byId('signature').hidden = parts === undefined || isContradicted || !Object.hasOwn(SIGNATURES, signature.state);
  write(byId('signature'), isContradicted ? '' : (SIGNATURES[signature.state] ?? ''));
  byId('left').hidden = isEmpty || isRefused || isChecking;
  byId('left-secret').hidden = signature.state === 'right';
}

function showParts(findings) {
  for (const name of ['header', 'payload']) {
    const about = findings.filter(({ part }) => (part === 'header') === (name === 'header'));
    if (parts) drawPart(byId(name), parts[name], about);
    else byId(name).textContent = '';
  }
}

function showTimes(nowMs) {
  const payload = parts?.payload.object;
  byId('times').hidden = payload === undefined;
  if (payload === undefined) return;
  const times = readTimes(payload);
  timeline.draw(times, nowMs);
  const entries = describeTimes(times, nowMs);
  if (byId('instants').children.length === 0) byId('instants').append(...entries.map(drawEntry));
  entries.forEach(([, text], index) => write(byId('instants').children[index].lastElementChild, text));
}

function drawEntry([name]) {
  const entry = document.createElement('div');
  entry.append(document.createElement('dt'), document.createElement('dd'));
  entry.firstElementChild.textContent = name;
  return entry;
}

// A token can expire while the page shows it.
function tick() {
  const token = readToken();
  if (token === '' || pause !== undefined) return;
  const nowMs = Date.now();
  showTimes(nowMs);
  if (token.length > MOST_WATCHED) return;
  const findings = listFindings(token, nowMs);
  if (isShown(byId('findings'), findings)) showFindings(byId('findings'), findings);
  else show();
}

// ── The fields and buttons ───────────────────────────────────────────────────────────────────────────────────────────

let pause;

function inspectSoon() {
  // A running check is outdated now.
  generation++;
  clearTimeout(pause);
  pause = setTimeout(() => {
    pause = undefined;
    void inspect();
  }, PAUSE_MS);
}

tokenField.addEventListener('input', inspectSoon);
secretField.addEventListener('input', inspectSoon);

function fill(token, secret) {
  tokenField.value = token;
  secretField.value = secret;
  clearTimeout(pause);
  pause = undefined;
  void inspect();
}

for (const [id, makeSample] of Object.entries(SAMPLES)) {
  byId(id).addEventListener('click', async () => {
    try {
      const { token, secret } = await makeSample();
      fill(token, secret);
    } catch {
      byId('samples-problem').hidden = false;
    }
  });
}

function showSecret(isShown) {
  secretField.type = isShown ? 'text' : 'password';
  byId('show-secret').setAttribute('aria-pressed', String(isShown));
}

byId('show-secret').addEventListener('click', () => showSecret(secretField.type === 'password'));

function clear() {
  fill('', '');
  showSecret(false);
}

byId('clear').addEventListener('click', () => {
  clear();
  tokenField.focus();
});

// Browsers keep the page and show it again when the user goes back. It must be empty then.
window.addEventListener('pagehide', clear);

// ── Sharing ──────────────────────────────────────────────────────────────────────────────────────────────────────────

function share(name, compose) {
  const nowMs = Date.now();
  showReport(nowMs);
  const report = byId('report').textContent;
  const text = compose(report, nowMs);
  if (text !== undefined) void copier.copy(name, text, () => byId('report').textContent === report);
  else byId('copied').textContent = 'No link can be made of this report. Copy the report instead.';
}

function composeLink(report, nowMs) {
  const check = ['right', 'wrong'].includes(signature.state) ? signature.state : 'none';
  const hash = packReport({ report, findings: listFindings(readToken(), nowMs), check, nowMs });
  return hash && PUBLIC_PAGE + hash;
}

byId('copy').addEventListener('click', () => share('report', (report) => report));
byId('copy-link').addEventListener('click', () => share('link', composeLink));

// ── Links ────────────────────────────────────────────────────────────────────────────────────────────────────────────

const sharedView = createSharedView(byId);
const OWN_TITLE = document.title;

/** Shows what the address has after the #. Only a redacted report is read from there. */
function followLink() {
  const link = readLink(location.hash);
  const isShared = link.kind === 'report' || link.kind === 'damaged';
  byId('foreign').hidden = link.kind !== 'foreign';
  // Nothing of it stays in the address and in the browser's history.
  if (link.kind === 'foreign') history.replaceState(null, '', location.pathname);
  else if (location.search) history.replaceState(null, '', location.pathname + location.hash);
  if (isShared) sharedView.show(link);
  byId('shared').hidden = !isShared;
  byId('own').hidden = isShared;
  document.title = isShared ? `A shared report · ${OWN_TITLE}` : OWN_TITLE;
}

// Also when the back button leads to the report again.
window.addEventListener('hashchange', followLink);

byId('own-token').addEventListener('click', () => {
  history.pushState(null, '', location.pathname);
  followLink();
  tokenField.focus();
});

// ── Start ────────────────────────────────────────────────────────────────────────────────────────────────────────────

new ResizeObserver(() => showTimes(Date.now())).observe(byId('picture'));
setInterval(tick, 1000);
followLink();
// Some browsers restore the fields after a reload.
void inspect();
