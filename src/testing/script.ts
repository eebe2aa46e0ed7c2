// The entry of dist/fake-snippet.iife.js. A page loads it in a script tag instead of Zendesk's snippet.js.
import type { FakeMessenger } from './fake-messenger.js';
import { runSnippet, SNIPPET_ID } from './snippet.js';
import { drawUi } from './ui.js';

const page = window as { fakeZendeskMessenger?: FakeMessenger };
const messenger = runSnippet({ window, tag: document.querySelector<HTMLScriptElement>(`script#${SNIPPET_ID}`) });
// If the script runs twice on a page, the second run finds the messenger of the first run.
if (page.fakeZendeskMessenger === undefined) drawUi(window, messenger);
page.fakeZendeskMessenger = messenger;
