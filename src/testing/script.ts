// The entry of dist/fake-snippet.iife.js: in a page's script tag, it stands in for Zendesk's snippet.js.
import type { FakeMessenger } from './fake-messenger.js';
import { runSnippet, SNIPPET_ID } from './snippet.js';
import { drawUi } from './ui.js';

const page = window as { fakeZendeskMessenger?: FakeMessenger };
const messenger = runSnippet({ window, tag: document.querySelector<HTMLScriptElement>(`script#${SNIPPET_ID}`) });
// Run twice on a page, the script finds the messenger of the first time.
if (page.fakeZendeskMessenger === undefined) drawUi(window, messenger);
page.fakeZendeskMessenger = messenger;
