// What the messenger's commands do. command-names.ts says which build has which command.
import type { Environment } from './environment.js';
import type { Listeners } from './listeners.js';
import type { Commands } from './live-function.js';
import type { Panel } from './panel.js';
import type { SignIn } from './sign-in.js';
import type { VisitorState } from './visitor-state.js';

/** A conversation field, as the page passes it to `messenger:set conversationFields`. */
export interface ConversationField {
  /** The field's id, as the page passed it. */
  readonly id: string;
  /** The field's value, as the page passed it. The fake does not check it. */
  readonly value: unknown;
}

/** The settings that the page has made with commands. A sign-out clears the fields and tags [M 33]. */
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
  readonly visitor: VisitorState;
  readonly pageSettings: PageSettings;
  readonly signIn: SignIn;
  readonly logoutUser: () => void;
  readonly onChange: () => void;
}

export function createMessengerCommands(parts: CommandParts): Commands {
  const { environment, panel, listeners, visitor, pageSettings, signIn, logoutUser, onChange } = parts;

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
    'messenger.logoutUser': () => logoutUser(),
    'messenger.resetWidget': (callback) => {
      logoutUser();
      callLater(callback);
    },
    'messenger.render': (_config, callback) => {
      panel.render();
      callLater(callback);
    },
    'messenger:set.locale': (locale) => set({ locale: String(locale) }),
    'messenger:set.zIndex': (zIndex) => panel.setZIndex(Number(zIndex)),
    'messenger:set.cookies': (cookies) => {
      set({ cookies: String(cookies) });
      visitor.allowStorage(cookies !== 'none');
    },
    'messenger:set.conversationFields': (fields, callback) =>
      set({ conversationFields: Array.isArray(fields) ? (fields.slice() as ConversationField[]) : [] }, callback),
    'messenger:set.conversationTags': (tags, callback) =>
      set({ conversationTags: Array.isArray(tags) ? tags.map(String) : [] }, callback),
    'messenger:on.*': (event, listener) => listeners.on(String(event), listener, panel.unreadCount),
    'messenger:get.config': () => ({ ...pageSettings, zIndex: panel.zIndex }),
  };
}
