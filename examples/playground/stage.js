// The stage: the tabs with the library and, on request, the same tabs with hand-written code. Each column has a storage and a
// backend of its own, so that neither disturbs the other.
import { createMemoryStorage } from './memory-storage.js';
import { LIFETIME_S } from './site.js';
import { equipTab } from './tab-environment.js';
import { judge } from './verdict.js';

/** How long a change of the user, the consent or the token may take before a difference is a mistake, in milliseconds. */
const SETTLING_MS = 1500;

/**
 * Creates a column of tabs.
 *
 * @param place - the element that gets the tabs
 * @param site - the site, with `changedAtMs`
 * @param report - called with what a tab tells, and the tab
 */
export function createColumn({ place, isWithLibrary, site, clock, backend, installFakeMessenger, report }) {
  const storage = createMemoryStorage();
  const tabs = [];
  const title = isWithLibrary ? 'with the library' : 'with hand-written code';

  function openTab() {
    const number = tabs.length + 1;
    const parts = createFigure(number, title);
    const openSessionStorage = createMemoryStorage().open;
    tabs.push({ ...parts, number, isWithLibrary, openSessionStorage, changedAtMs: 0, requests: 0 });
    place.append(parts.figure);
  }

  function closeTab() {
    const { figure, frame } = tabs.pop();
    storage.close(frame.contentWindow);
    figure.remove();
  }

  /** Called by a page of this column when it loads: returns what it needs, or `undefined` if it is not one. */
  function open(view) {
    const tab = tabs.find(({ frame }) => frame.contentWindow === view);
    if (!tab) return undefined;
    const { openSessionStorage } = tab;
    storage.close(view);
    tab.token = undefined;
    tab.changedAtMs = clock.nowMs();
    const answerToken = (signal) => watchToken(tab, clock, () => site.answerToken(signal));
    const fakes = { clock, storage, openSessionStorage, answerToken, backend, installFakeMessenger };
    const messenger = equipTab(view, fakes);
    return { isWithLibrary, messenger, site, report: (told) => report(told, tab) };
  }

  function update() {
    for (const tab of tabs) {
      const page = tab.frame.contentWindow?.tab;
      if (!page) continue;
      const changedAtMs = Math.max(site.changedAtMs, tab.changedAtMs);
      const isSettling = tab.requests > 0 || clock.nowMs() - changedAtMs < SETTLING_MS;
      const token = isWithLibrary ? undefined : findProblem(tab.token, clock.nowMs());
      const verdict = judge({ ...site, isSettling }, { ...page.read(), token });
      if (showVerdict(tab, verdict) && verdict.kind === 'bad') report({ wrong: verdict.text }, tab);
    }
  }

  return {
    openTab,
    closeTab,
    open,
    update,
    isWithLibrary,
    tabs,
    backend,
    /** The pages that have started, first tab first. */
    pages: () => tabs.flatMap(({ frame }) => frame.contentWindow?.tab ?? []),
    reload: () => tabs[0].frame.contentWindow.location.reload(),
    revoke() {
      backend.revokeAll();
      for (const { token } of tabs) if (token) token.isRevoked = true;
    },
  };
}

function findProblem(token, nowMs) {
  if (token?.isRevoked) return 'was revoked';
  return token?.expiresAtMs <= nowMs ? 'has expired' : undefined;
}

function createFigure(number, title) {
  const figure = document.createElement('figure');
  const caption = document.createElement('figcaption');
  const name = Object.assign(document.createElement('span'), { className: 'tab-name', textContent: `Tab ${number}` });
  const badge = Object.assign(document.createElement('span'), { className: 'badge', textContent: 'Loading …' });
  const frame = document.createElement('iframe');
  frame.title = `Tab ${number} ${title}`;
  frame.src = './tab.html';
  caption.append(name, badge);
  figure.append(caption, frame);
  return { figure, badge, frame };
}

/** Notes what the tab has got from the endpoint. */
async function watchToken(tab, clock, answer) {
  tab.requests += 1;
  try {
    const response = await answer();
    if (response.status === 200) tab.token = { expiresAtMs: clock.nowMs() + LIFETIME_S * 1000 };
    return response;
  } finally {
    tab.requests -= 1;
    tab.changedAtMs = clock.nowMs();
  }
}

/** Returns whether the kind of the verdict has changed. */
function showVerdict({ badge, figure }, { kind, text }) {
  const isNew = kind !== figure.dataset.kind;
  if (badge.textContent !== text) badge.textContent = text;
  badge.dataset.kind = figure.dataset.kind = kind;
  return isNew;
}
