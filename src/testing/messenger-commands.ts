// What the messenger's commands do. command-names.ts says which build has which command.
import type { ConversationMetadata } from './conversation-metadata.js';
import type { Environment } from './environment.js';
import type { Listeners } from './listeners.js';
import type { Commands } from './live-function.js';
import type { Panel } from './panel.js';
import type { SignIn } from './sign-in.js';
import type { SignOut } from './sign-out.js';

/** The settings that the page has made with commands. */
export interface PageSettings {
  locale: string | undefined;
  cookies: string;
}

export interface CommandParts {
  readonly environment: Environment;
  readonly panel: Panel;
  readonly listeners: Listeners;
  readonly pageSettings: PageSettings;
  readonly metadata: ConversationMetadata;
  readonly signIn: SignIn;
  readonly signOut: SignOut;
  readonly setConsent: (isGiven: boolean) => void;
  readonly sendLocale: (locale: string) => void;
  readonly onChange: () => void;
}

export function createMessengerCommands(parts: CommandParts): Commands {
  const { environment, panel, listeners, pageSettings, metadata, signIn, signOut, onChange } = parts;

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
