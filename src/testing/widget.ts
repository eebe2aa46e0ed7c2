// One running messenger, made of its parts.
import type { FakeBuild } from './account.js';
import { createApiClient } from './api-client.js';
import { createClassic } from './classic.js';
import type { ClassicUsers } from './classic-users.js';
import { createConversation, type Conversation } from './conversation.js';
import { createConversationMetadata, type ConversationMetadata } from './conversation-metadata.js';
import { createFrameEnvironment, type FakeWindow, type MessengerSettings } from './environment.js';
import { createFrames, type Frames } from './frames.js';
import { createJwtAsks, type JwtAsks } from './jwt-asks.js';
import { createListeners, type Listeners } from './listeners.js';
import { createLiveFunction } from './live-function.js';
import { createMessengerCommands, type PageSettings } from './messenger-commands.js';
import { getGlobals, type ZeFunction } from './page-globals.js';
import { createPanel, type Panel } from './panel.js';
import { createRequests, type Requests } from './requests.js';
import type { FakeHistory } from './history.js';
import { createSignIn } from './sign-in.js';
import { createSignOut } from './sign-out.js';
import { createVisitorState, type VisitorState } from './visitor-state.js';
import { createVisitorStorage } from './visitor-storage.js';

/** The snippet's configuration. */
export interface WidgetConfig {
  readonly build: FakeBuild;
  readonly baseUrl: string;
  readonly appId: string;
  readonly integrationId: string;
  readonly history: FakeHistory;
}

export interface Widget {
  readonly build: FakeBuild;
  readonly zE: ZeFunction;
  readonly visitor: VisitorState;
  /** Who is signed in to the Web Widget (Classic). `undefined` in the messenger. */
  readonly classicUsers: ClassicUsers | undefined;
  readonly asks: JwtAsks;
  readonly panel: Panel;
  readonly pageSettings: PageSettings;
  readonly metadata: ConversationMetadata;
  readonly conversation: Conversation;
  readonly requests: Requests;
  readonly listeners: Listeners;
  readonly frames: Frames;
  readonly isKilled: boolean;
  /** Removes the messenger and its listeners from the window. */
  remove(): void;
}

export function createWidget(
  window: FakeWindow,
  config: WidgetConfig,
  settings: MessengerSettings,
  onChange: () => void,
): Widget {
  const { build } = config;
  const frames = createFrames(window);
  const { isAlive } = frames;
  const environment = createFrameEnvironment(window, settings, isAlive);
  const storage = createVisitorStorage(window, config);
  const visitor = createVisitorState(storage, onChange);
  const asks = createJwtAsks(onChange);
  const listeners = createListeners(build);
  const panel: Panel = createPanel(window, frames, listeners, () => {
    storage.writeIsOpen(panel.isOpen);
    onChange();
  });
  const pageSettings: PageSettings = { locale: undefined, cookies: 'all' };
  let isKilled = false;
  const onKillSwitch = (): void => {
    // Only B26 has a kill switch [M 11].
    isKilled ||= build === 'B26';
  };
  const api = createApiClient(environment, { ...config, onKillSwitch });
  const metadata = createConversationMetadata({ environment, api, isAlive, onChange });

  const closeWindow = (): void => panel.setOpen(false);
  const signOut = createSignOut({
    ...{ environment, build, api, asks, visitor, isAlive, closeWindow },
    isCreatingVisitor: () => requests.isCreatingVisitor,
    invalidateLogins: () => signIn.invalidate(),
    clearFieldsAndTags: () => metadata.clear(),
    clearConversation: () => conversation.clear(),
  });
  const { signOutForAnotherUser, signOutSilently } = signOut;
  const signIn = createSignIn({
    ...{ environment, build, api, asks, visitor, isAlive, signOutForAnotherUser, signOutSilently },
    helpCenterSession: settings.helpCenterSession ?? false,
    // After a login, reload the conversations as the new visitor [M 31].
    onSignedIn: () => void conversation.load(),
  });
  const requests = createRequests({
    ...{ environment, api, asks, visitor, isAlive, signOutSilently },
    loginAgain: () => signIn.loginAgain(),
  });
  const conversation = createConversation(requests, visitor, metadata, onChange);

  function setConsent(isGiven: boolean): void {
    if (isGiven) {
      visitor.giveConsent();
    } else {
      visitor.withdrawConsent();
      conversation.clear();
      closeWindow();
    }
    panel.setConsent(isGiven);
  }

  const stopListening = storage.onRemovedElsewhere(() => {
    if (!isAlive()) return;
    visitor.signOutInMemory();
    conversation.clear();
  });
  const classic =
    build === 'classic' ? createClassic({ environment, baseUrl: config.baseUrl, panel, isAlive, onChange }) : undefined;
  const commands =
    classic?.commands ??
    createMessengerCommands({
      ...{ environment, panel, listeners, pageSettings, metadata, signIn, signOut, setConsent, onChange },
      sendLocale: (locale) =>
        void requests.sendIfKnown((id) => ({ method: 'PUT', path: `appusers/${id}`, body: { locale } })),
    });
  const isRenderDeferred = build === 'B26' && getGlobals(window).zEMessenger?.autorender === false;
  if (!isRenderDeferred) panel.render();
  // An anonymous visitor of an earlier page is there again [M 44].
  void requests.sendIfKnown((id) => ({ method: 'GET', path: `appusers/${id}` }));

  const zE = createLiveFunction({ build, commands, isAlive, isKilled: () => isKilled });
  return {
    ...{ build, zE, visitor, asks, panel, pageSettings, metadata, conversation, requests, listeners, frames },
    classicUsers: classic?.users,
    get isKilled() {
      return isKilled;
    },
    remove() {
      stopListening();
      storage.close();
      frames.remove();
    },
  };
}
