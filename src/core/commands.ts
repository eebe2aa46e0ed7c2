// The messenger's commands as types [M 15]. Nothing of it is left at run time. Which of them exist depends on the build
// and the account [M 10]; what a build lacks is refused when it is called.

/** A conversation field, by its id in the Admin Center. */
export interface ConversationField {
  id: string;
  value: string | number | boolean;
}

/** The events of `messenger.on`, with what their listeners get. */
export interface MessengerEvents {
  /** At once with the current count, then with every change. */
  unreadMessages: [count: number];
  // Older builds pass nothing to these two [M 13].
  open: [details?: MessengerEventDetails];
  close: [details?: MessengerEventDetails];
  conversationStarted: [details?: MessengerEventDetails];
  conversationOpened: [details?: MessengerEventDetails];
  messagesShown: [details?: MessengerEventDetails];
  messageReceived: [details?: MessengerEventDetails];
  proactiveMessageDisplayed: [details?: MessengerEventDetails];
  proactiveMessageClicked: [details?: MessengerEventDetails];
  conversationWithAgentRequested: [details?: MessengerEventDetails];
  conversationAgentAssigned: [details?: MessengerEventDetails];
  newConversationButtonClicked: [details?: MessengerEventDetails];
  postbackButtonClicked: [details?: MessengerEventDetails];
  conversationExtensionOpened: [details?: MessengerEventDetails];
  conversationExtensionDisplayed: [details?: MessengerEventDetails];
  articleClicked: [details?: MessengerEventDetails];
  articleBrowserClicked: [details?: MessengerEventDetails];
  sourcesOpened: [details?: MessengerEventDetails];
  sourcesClosed: [details?: MessengerEventDetails];
}

/** What newer builds tell of an event. */
export interface MessengerEventDetails {
  readonly id?: string;
  readonly createdAt?: string | number;
  readonly type?: string;
  readonly [name: string]: unknown;
}

/** A listener for `Name`: typed for the documented events, loose for newer ones. */
export type MessengerEventListener<Name extends string> = Name extends keyof MessengerEvents
  ? (...details: MessengerEvents[Name]) => void
  : (...details: any[]) => void; // eslint-disable-line @typescript-eslint/no-explicit-any -- unknown would refuse every listener that names its type

interface Commands {
  messenger: {
    show: [];
    hide: [];
    open: [];
    close: [];
    /** What `messenger.login()` does; call that instead. */
    loginUser: [
      jwtCallback: (answer: (jwt: string) => void) => void,
      loginCallback?: (error: { type: string; message: string; reason: string } | null) => void,
    ];
    /** What `messenger.logout()` does; call that instead. */
    logoutUser: [];
    resetWidget: [callback?: () => void];
    render: [config?: Record<string, unknown>, callback?: () => void];
    newConversation: [options?: Record<string, unknown>];
    sendMessage: [message: string | Record<string, unknown>];
  };
  'messenger:set': {
    locale: [locale: string];
    zIndex: [zIndex: number];
    cookies: [policy: 'all' | 'functional' | 'none' | boolean];
    conversationFields: [fields: ConversationField[], callback?: () => void];
    conversationTags: [tags: string[]];
    customization: [customization: Record<string, unknown>];
    beforeMessageSent: [callback: (...details: never[]) => unknown];
    beforeMessageDisplay: [callback: (...details: never[]) => unknown];
  };
  'messenger:on': { [Name in keyof MessengerEvents]: [listener: (...details: MessengerEvents[Name]) => void] };
  'messenger:get': { config: [] };
}

/** The arguments of a documented command; anything for one that is not documented here. */
export type CommandArguments<Scope extends string, Action extends string> = Scope extends keyof Commands
  ? Action extends keyof Commands[Scope]
    ? Commands[Scope][Action] extends unknown[]
      ? Commands[Scope][Action]
      : never
    : unknown[]
  : unknown[];
