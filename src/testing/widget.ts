// One running messenger, made of its parts.
import type { FakeBuild } from './account.js';
import { createApiClient } from './api-client.js';
import { createClassicCommands } from './classic.js';
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
import { createSignIn } from './sign-in.js';
import { createVisitorState, type VisitorState } from './visitor-state.js';

/** The snippet's configuration. */
export interface WidgetConfig {
  readonly build: FakeBuild;
  readonly baseUrl: string;
  readonly appId: string;
}

export interface Widget {
  readonly build: FakeBuild;
  readonly zE: ZeFunction;
  readonly visitor: VisitorState;
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
  const visitor = createVisitorState(window, onChange);
  const asks = createJwtAsks(onChange);
  const listeners = createListeners(build);
  const panel = createPanel(frames, listeners, onChange);
  const pageSettings: PageSettings = { locale: undefined, cookies: 'all' };
  let isKilled = false;
  const onKillSwitch = (): void => {
    // Only B26 has a kill switch [M 11].
    isKilled ||= build === 'B26';
  };
  const api = createApiClient(environment, { ...config, onKillSwitch });
  const metadata = createConversationMetadata({ environment, api, isAlive, onChange });

  function signOutLocally(scope: 'here' | 'everywhere' = 'here'): void {
    // Logins that already have their token never call back [M 22].
    signIn.invalidate();
    visitor.forget(scope);
    conversation.clear();
    panel.setOpen(false);
  }

  async function signOutOnServer(): Promise<void> {
    const { current } = visitor;
    if (current.kind === 'user') await api.call({ method: 'POST', path: 'logout' }, visitor.authorization());
  }

  const signIn = createSignIn({
    ...{ environment, build, api, asks, visitor, isAlive, signOutLocally: () => signOutLocally() },
    helpCenterSession: settings.helpCenterSession ?? false,
    async signOutForAnotherUser() {
      const onServer = signOutOnServer();
      metadata.clear();
      visitor.forget('here');
      conversation.clear();
      await onServer;
    },
    // After a login, reload the conversations as the new visitor [M 31].
    onSignedIn: () => void conversation.load(),
  });
  const requests = createRequests({
    ...{ environment, api, asks, visitor, isAlive, signOutSilently: () => signOutLocally() },
    loginAgain: () => signIn.loginAgain(),
  });
  const conversation = createConversation(requests, visitor, metadata, onChange);

  function logoutUser(): void {
    metadata.clear();
    signOutOnRequest();
  }

  function resetWidget(): void {
    // B25 keeps them [M 60].
    if (build !== 'B25') metadata.clear();
    signOutOnRequest();
  }

  function signOutOnRequest(): void {
    // The server's response does not matter here [M 33].
    void signOutOnServer();
    signOutLocally('everywhere');
  }

  const stopListening = visitor.onSignOutElsewhere(() => {
    if (isAlive() && visitor.current.kind === 'user') signOutLocally();
  });
  const commands =
    build === 'classic'
      ? createClassicCommands(window, panel)
      : createMessengerCommands({
          environment,
          panel,
          listeners,
          visitor,
          pageSettings,
          metadata,
          signIn,
          logoutUser,
          resetWidget,
          onChange,
        });
  const isRenderDeferred = build === 'B26' && getGlobals(window).zEMessenger?.autorender === false;
  if (!isRenderDeferred) panel.render();

  const zE = createLiveFunction({ build, commands, isAlive, isKilled: () => isKilled });
  return {
    ...{ build, zE, visitor, asks, panel, pageSettings, metadata, conversation, requests, listeners, frames },
    get isKilled() {
      return isKilled;
    },
    remove() {
      stopListening();
      frames.remove();
    },
  };
}
