// What the messenger's commands do. command-names.ts says which build has which command.
import type { Environment } from './environment.js';
import type { Listeners } from './listeners.js';
import type { Commands } from './live-function.js';
import type { Panel } from './panel.js';
import type { SignIn } from './sign-in.js';
import type { SignOut } from './sign-out.js';

/** A conversation field, as the page passes it to `messenger:set conversationFields`. */
export interface ConversationField {
  /** The field's id, as the page passed it. */
  readonly id: string;
  /** The field's value, as the page passed it. The fake does not check it. */
  readonly value: unknown;
}

/** The settings that the page has made with commands. `logoutUser` clears the fields and tags [M 33]. */
export interface PageSettings {
  locale: string | undefined;
  cookies: string;
  conversationFields: readonly ConversationField[];
  conversationTags: readonly string[];
}

export interface CommandParts {
  readonly environment: Environment;
  readonly panel: Panel;
  readonly listeners: Listeners;
  readonly pageSettings: PageSettings;
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly setConsent: (isGiven: boolean) => void;
  readonly sendLocale: (locale: string) => void;
  readonly onChange: () => void;
}

export function createMessengerCommands(parts: CommandParts): Commands {
  const { environment, panel, listeners, pageSettings, signIn, signOut, onChange } = parts;

  const callLater = (callback: unknown): void => {
    if (typeof callback === 'function') environment.runLater(callback as () => void, 0);
  };
  const set = (change: Partial<PageSettings>, callback?: unknown): void => {
    Object.assign(pageSettings, change);
    onChange();
    callLater(callback);
  };

  return {
    'messenger.show': () => panel.setHidden(false),
    'messenger.hide': () => panel.setHidden(true),
    'messenger.open': () => panel.setOpen(true),
    'messenger.close': () => panel.setOpen(false),
    'messenger.loginUser': (jwtCallback, loginCallback) => signIn.loginUser(jwtCallback, loginCallback),
    'messenger.logoutUser': () => signOut.logoutUser(),
    'messenger.resetWidget': (callback) => signOut.resetWidget(callback),
    'messenger.render': (_config, callback) => {
      panel.render();
      callLater(callback);
    },
    'messenger:set.locale': (locale) => {
      set({ locale: String(locale) });
      parts.sendLocale(String(locale));
    },
    'messenger:set.zIndex': (zIndex) => panel.setZIndex(Number(zIndex)),
    'messenger:set.cookies': (cookies) => {
      set({ cookies: String(cookies) });
      parts.setConsent(!['none', 'false'].includes(String(cookies)));
    },
    'messenger:set.conversationFields': (fields, callback) =>
      set({ conversationFields: Array.isArray(fields) ? (fields.slice() as ConversationField[]) : [] }, callback),
    'messenger:set.conversationTags': (tags, callback) =>
      set({ conversationTags: Array.isArray(tags) ? tags.map(String) : [] }, callback),
    'messenger:on.*': (event, listener) => listeners.on(String(event), listener, panel.unreadCount),
    'messenger:get.config': () => ({ ...pageSettings, zIndex: panel.zIndex }),
  };
}
