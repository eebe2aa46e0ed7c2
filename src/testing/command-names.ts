// Which commands a build has [M 10] [M 15]. Zendesk documents `sendMessage`, but neither build has it.
import type { FakeBuild } from './account.js';

const EVENTS = [
  ...[
    'open',
    'close',
    'unreadMessages',
    'conversationStarted',
    'conversationOpened',
    'messagesShown',
    'messageReceived',
  ],
  ...['proactiveMessageDisplayed', 'proactiveMessageClicked', 'conversationWithAgentRequested'],
  ...['conversationAgentAssigned', 'newConversationButtonClicked', 'postbackButtonClicked'],
  ...['conversationExtensionOpened', 'conversationExtensionDisplayed', 'articleClicked', 'articleBrowserClicked'],
  ...['sourcesOpened', 'sourcesClosed'],
];

const IN_BOTH: Readonly<Record<string, readonly string[]>> = {
  messenger: ['show', 'hide', 'open', 'close', 'loginUser', 'logoutUser', 'resetWidget'],
  'messenger:set': [
    ...['locale', 'zIndex', 'cookies', 'conversationFields', 'conversationTags'],
    ...['beforeMessageSent', 'beforeMessageDisplay'],
  ],
  'messenger:on': EVENTS,
};

const IN_B26_ONLY: Readonly<Record<string, readonly string[]>> = {
  messenger: ['render', 'newConversation'],
  'messenger:set': ['customization'],
  'messenger:on': ['show', 'hide'],
  'messenger:get': ['config'],
};

const IN_CLASSIC: Readonly<Record<string, readonly string[]>> = {
  webWidget: [
    ...['show', 'hide', 'open', 'close', 'toggle', 'identify', 'prefill', 'clear', 'logout', 'setLocale'],
    ...['updateSettings', 'updatePath', 'chat:reauthenticate', 'helpCenter:reauthenticate'],
  ],
  'webWidget:on': [
    'open',
    'close',
    'chat:connected',
    'chat:start',
    'chat:end',
    'chat:status',
    'chat:unreadMessages',
    'userEvent',
  ],
  'webWidget:get': ['display', 'chat:isChatting', 'chat:unreadMessages', 'chat:department'],
};

/** Whether this build has the command. When live, it throws for commands that it does not have. */
export function knowsCommand(build: FakeBuild, target: string, method: string): boolean {
  if (build === 'classic') return IN_CLASSIC[target]?.includes(method) ?? false;
  if (IN_BOTH[target]?.includes(method)) return true;
  // This fake does not know the members of messenger:ui, so it accepts all of them.
  return build === 'B26' && (target === 'messenger:ui' || (IN_B26_ONLY[target]?.includes(method) ?? false));
}
