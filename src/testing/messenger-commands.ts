// What the messenger's commands do. command-names.ts says which build has which command.
import type { ConversationMetadata } from './conversation-metadata.js';
import type { Environment } from './environment.js';
import type { Listeners } from './listeners.js';
import type { Commands } from './live-function.js';
import type { Panel } from './panel.js';
import type { SignIn } from './sign-in.js';
import type { VisitorState } from './visitor-state.js';

/** The settings that the page has made with commands. */
export interface PageSettings {
  locale: string | undefined;
  cookies: string;
}

export interface CommandParts {
  readonly environment: Environment;
  readonly panel: Panel;
  readonly listeners: Listeners;
  readonly visitor: VisitorState;
  readonly pageSettings: PageSettings;
  readonly metadata: ConversationMetadata;
  readonly signIn: SignIn;
  readonly logoutUser: () => void;
  readonly resetWidget: () => void;
  readonly onChange: () => void;
}

export function createMessengerCommands(parts: CommandParts): Commands {
  const { environment, panel, listeners, visitor, pageSettings, metadata, signIn, onChange } = parts;

  const callLater = (callback: unknown): void => {
    if (typeof callback === 'function') environment.runLater(callback as () => void, 0);
  };
  const set = (change: Partial<PageSettings>): void => {
    Object.assign(pageSettings, change);
    onChange();
  };

  return {
    'messenger.show': () => panel.setHidden(false),
    'messenger.hide': () => panel.setHidden(true),
    'messenger.open': () => panel.setOpen(true),
    'messenger.close': () => panel.setOpen(false),
    'messenger.loginUser': (jwtCallback, loginCallback) => signIn.loginUser(jwtCallback, loginCallback),
    'messenger.logoutUser': () => parts.logoutUser(),
    'messenger.resetWidget': (callback) => {
      parts.resetWidget();
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
    'messenger:set.conversationFields': (fields, callback) => metadata.setFields(fields, callback),
    'messenger:set.conversationTags': (tags, callback) => metadata.setTags(tags, callback),
    'messenger:on.*': (event, listener) => listeners.on(String(event), listener, panel.unreadCount),
    'messenger:get.config': () => ({
      ...pageSettings,
      conversationFields: metadata.fields,
      conversationTags: metadata.tags,
      zIndex: panel.zIndex,
    }),
  };
}
