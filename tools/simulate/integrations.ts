// Three ways to integrate: this library, and the two that are most often written by hand.
import type { Integration, Page } from './month.js';
import { createTab } from './tab.js';

function thisLibrary(page: Page): Integration {
  let answerAsk: (text: string) => void = () => {};
  let cancelTimer = () => {};
  const tab = createTab({
    nowMs: page.nowMs,
    random: page.random,
    requestToken: page.fetchToken,
    callLogin: page.loginUser,
    answer: (text) => text && answerAsk(text),
    setTimer(atMs) {
      cancelTimer();
      cancelTimer = page.startTimer(atMs, () => tab.tell('looked', {}));
    },
  });
  return {
    load() {
      tab.tell('login');
      tab.tell('live');
    },
    wake: () => tab.tell('woke', 'visible', false),
    ask(answer) {
      answerAsk = answer;
      tab.ask();
    },
    accepted: tab.accept,
  };
}

/** The token that came with the page answers every ask. */
function oneToken(page: Page): Integration {
  let token = '';
  const use = (text: string | undefined) => {
    if (!text) return;
    token = text;
    page.loginUser();
  };
  return { load: () => page.fetchToken(use), ask: (answer) => answer(token) };
}

/** Each ask of the messenger fetches a token. */
const fetching = (page: Page): Integration => ({
  load: () => page.loginUser(),
  ask: (answer) => page.fetchToken((text) => text && answer(text)),
});

export const INTEGRATIONS = {
  'this library': thisLibrary,
  'one token for ever': oneToken,
  'fetched when asked': fetching,
};
export type IntegrationName = keyof typeof INTEGRATIONS;
