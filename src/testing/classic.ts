// The Web Widget (Classic): how it signs visitors in. It asks the page's functions for tokens, and has no loginUser [M 37].
// "Code" in a comment means: seen in the widget's code, but not documented.
import { isReadable } from './api-client.js';
import type { ClassicUser, ClassicUsers } from './classic-users.js';
import type { Environment } from './environment.js';
import { createHelpCenterSession } from './help-center-session.js';
import type { Commands } from './live-function.js';
import { getGlobals, type ClassicSettings, type JwtFn } from './page-globals.js';
import type { Panel } from './panel.js';
import type { ClassicProduct } from './verify-classic-token.js';

export interface ClassicParts {
  readonly environment: Environment;
  readonly baseUrl: string;
  readonly panel: Panel;
  readonly isAlive: () => boolean;
  readonly onChange: () => void;
}

export interface Classic {
  readonly commands: Commands;
  readonly users: ClassicUsers;
}

const PATHS: Readonly<Record<ClassicProduct, string>> = {
  chat: '/authenticated/web/jwt',
  helpCenter: '/embeddable/authenticate',
};

export function createClassic({ environment, baseUrl, panel, isAlive, onChange }: ClassicParts): Classic {
  const { window } = environment;
  const jwtFns: Partial<Record<ClassicProduct, JwtFn>> = {};
  const helpCenter = createHelpCenterSession(window);
  let chatUser: ClassicUser | undefined;

  // Read when the widget boots. Later changes of the object are not seen (D).
  function readSettings(settings: ClassicSettings | undefined): void {
    const { chat, jwtFn } = settings?.webWidget?.authenticate ?? {};
    if (chat?.jwtFn) jwtFns.chat = chat.jwtFn;
    if (jwtFn) jwtFns.helpCenter = jwtFn;
  }

  function setUser(product: ClassicProduct, user: ClassicUser | undefined): void {
    if (product === 'chat') chatUser = user;
    else helpCenter.start(user);
    onChange();
  }

  async function signIn(product: ClassicProduct, token: unknown): Promise<void> {
    // Anything but a text is no token: the chat goes on without (code).
    if (typeof token !== 'string' || token === '') return;
    setUser(product, undefined);
    const user = await fetchUser(environment, new URL(PATHS[product], baseUrl).href, token);
    // Nothing cancels an answer: one that arrives after a logout signs the user in again (code, for the help center).
    if (isAlive()) setUser(product, user);
  }

  // A page may answer each call once, now or later. Without an answer, nobody is signed in.
  function ask(product: ClassicProduct): void {
    let isAnswered = false;
    jwtFns[product]?.((token) => {
      // Only the chat takes the first answer only (code).
      if (isAnswered && product === 'chat') return;
      isAnswered = true;
      if (isAlive()) void signIn(product, token);
    });
  }

  // It ends the chat and starts another one (code). Without a jwtFn, that one is anonymous (D).
  function reauthenticateChat(): void {
    setUser('chat', undefined);
    ask('chat');
  }

  // While a session is valid, this never asks: another user must be signed out first (code).
  function reauthenticateHelpCenter(): void {
    if (helpCenter.user === undefined) ask('helpCenter');
  }

  function logout(): void {
    setUser('chat', undefined);
    setUser('helpCenter', undefined);
    panel.setOpen(false);
  }

  readSettings(getGlobals(window).zESettings);
  ask('chat');
  ask('helpCenter');
  return {
    commands: {
      'webWidget.show': () => panel.setHidden(false),
      'webWidget.hide': () => panel.setHidden(true),
      'webWidget.open': () => panel.setOpen(true),
      'webWidget.close': () => panel.setOpen(false),
      'webWidget.toggle': () => panel.setOpen(!panel.isOpen),
      'webWidget.logout': logout,
      'webWidget.updateSettings': (settings) => readSettings(settings as ClassicSettings | undefined),
      'webWidget.chat:reauthenticate': reauthenticateChat,
      'webWidget.helpCenter:reauthenticate': reauthenticateHelpCenter,
    },
    users: {
      get chat() {
        return chatUser;
      },
      get helpCenter() {
        return helpCenter.user;
      },
    },
  };
}

/** Sends the token. Returns `undefined` if it is refused, or if there is no answer. */
async function fetchUser({ window, fetch }: Environment, url: string, token: string): Promise<ClassicUser | undefined> {
  try {
    const headers = { origin: window.location.origin, 'content-type': 'application/json' };
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ token }) });
    if (!response.ok || !isReadable(response, url, window.location.origin)) return undefined;
    const { name, externalId } = (await response.json()) as ClassicUser;
    return { name, externalId };
  } catch {
    return undefined;
  }
}
