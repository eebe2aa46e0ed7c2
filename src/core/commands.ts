// The messenger's commands as types [M 15]. Nothing of it is left at run time. Which of them exist depends on the build
// and the account [M 10]; what a build lacks is refused when it is called.

/** A conversation field, by its id in the Admin Center. */
export interface ConversationField {
  /** The field's id in the Admin Center. */
  id: string;
  /** What the ticket's field is set to. Zendesk clears it when the visitor is signed out. */
  value: string | number | boolean;
}

/** The events of `messenger.on`, with what their listeners get. */
export interface MessengerEvents {
  /** At once with the current count, then with every change. */
  unreadMessages: [count: number];
  /** The messenger's window was opened. Older builds pass nothing [M 13]. */
  open: [details?: MessengerEventDetails];
  /** The messenger's window was closed. Older builds pass nothing [M 13]. */
  close: [details?: MessengerEventDetails];
  /** A conversation was begun. */
  conversationStarted: [details?: MessengerEventDetails];
  /** A conversation came into view; its messages may still be loading. */
  conversationOpened: [details?: MessengerEventDetails];
  /** Messages came into view: at the opening of a conversation, and with each one that is added. */
  messagesShown: [details?: MessengerEventDetails];
  /** A message arrived. */
  messageReceived: [details?: MessengerEventDetails];
  /** A proactive message was shown. */
  proactiveMessageDisplayed: [details?: MessengerEventDetails];
  /** A proactive message was clicked. */
  proactiveMessageClicked: [details?: MessengerEventDetails];
  /** The visitor asked for a human agent. */
  conversationWithAgentRequested: [details?: MessengerEventDetails];
  /** An agent was assigned to the conversation. */
  conversationAgentAssigned: [details?: MessengerEventDetails];
  /** The button for a new conversation was clicked. */
  newConversationButtonClicked: [details?: MessengerEventDetails];
  /** A button of a message that answers the sender (a postback) was clicked. */
  postbackButtonClicked: [details?: MessengerEventDetails];
  /** A conversation extension was opened. */
  conversationExtensionOpened: [details?: MessengerEventDetails];
  /** A conversation extension was shown. */
  conversationExtensionDisplayed: [details?: MessengerEventDetails];
  /** An article was clicked. */
  articleClicked: [details?: MessengerEventDetails];
  /** The link that opens an article in the browser was clicked. */
  articleBrowserClicked: [details?: MessengerEventDetails];
  /** The sources of an answer were opened. */
  sourcesOpened: [details?: MessengerEventDetails];
  /** The sources of an answer were closed. */
  sourcesClosed: [details?: MessengerEventDetails];
}

/** What newer builds tell of an event, as Zendesk gives it: nothing is checked. */
export interface MessengerEventDetails {
  /** The event's own id. */
  readonly id?: string;
  /** When it happened, by Zendesk's account. */
  readonly createdAt?: string | number;
  /** Its name inside Zendesk, such as `messagingOpened` for `open`. */
  readonly type?: string;
  /** Whatever else the build tells. */
  readonly [name: string]: unknown;
}

/** A listener for `Name`: typed for the documented events, loose for newer ones. */
export type MessengerEventListener<Name extends string> = Name extends keyof MessengerEvents
  ? (...details: MessengerEvents[Name]) => void
  : (...details: any[]) => void; // eslint-disable-line @typescript-eslint/no-explicit-any -- unknown would refuse every listener that names its type

/** The documented commands: by scope and action, what follows them in a call of `messenger.zE`. */
export interface MessengerCommands {
  /** What the messenger is to do. */
  messenger: {
    /** Shows what `hide` has hidden. */
    show: [];
    /** Hides everything, the launcher too. */
    hide: [];
    /** Opens the window. */
    open: [];
    /** Closes the window; the launcher stays. */
    close: [];
    /** What `messenger.login()` does; call that instead. */
    loginUser: [
      jwtCallback: (answer: (jwt: string) => void) => void,
      loginCallback?: (error: { type: string; message: string; reason: string } | null) => void,
    ];
    /** What `messenger.logout()` does; call that instead. */
    logoutUser: [];
    /** Forgets the visitor, as `logoutUser` does, and starts anew; calls back when that is done. */
    resetWidget: [callback?: () => void];
    /** Shows the messenger on a page that has set `zEMessenger.autorender` to `false`. Newer builds only. */
    render: [config?: Record<string, unknown>, callback?: () => void];
    /** Begins a conversation and shows it. Newer builds only. */
    newConversation: [options?: Record<string, unknown>];
    /** Sends a message as the visitor. Documented, and missing in the builds of 2025 and 2026. */
    sendMessage: [message: string | Record<string, unknown>];
  };
  /** What the messenger is to know or to look like. */
  'messenger:set': {
    /** The language, such as `de`; otherwise the browser's. */
    locale: [locale: string];
    /** The CSS `z-index` of all frames. */
    zIndex: [zIndex: number];
    /** What may be stored in the browser. With `none`, nobody is remembered over a page load. */
    cookies: [policy: 'all' | 'functional' | 'none' | boolean];
    /** Values for the next ticket's fields. */
    conversationFields: [fields: ConversationField[], callback?: () => void];
    /** Tags for the next ticket. */
    conversationTags: [tags: string[]];
    /** Colours and parts of the window. Newer builds only. */
    customization: [customization: Record<string, unknown>];
    /** Asked before a message is sent, and may change it. */
    beforeMessageSent: [callback: (...details: never[]) => unknown];
    /** Asked before a message is shown, and may change it or hold it back. */
    beforeMessageDisplay: [callback: (...details: never[]) => unknown];
  };
  /** Listens to an event. There is no reliable way to end it: use `messenger.on`. */
  'messenger:on': { [Name in keyof MessengerEvents]: [listener: (...details: MessengerEvents[Name]) => void] };
  /** What can be asked for. */
  'messenger:get': {
    /** Returns the present configuration. Newer builds only, and only once the messenger is live. */
    config: [];
  };
}

/** The arguments of a documented command; anything for one that is not documented here. */
export type CommandArguments<Scope extends string, Action extends string> = Scope extends keyof MessengerCommands
  ? Action extends keyof MessengerCommands[Scope]
    ? MessengerCommands[Scope][Action] extends unknown[]
      ? MessengerCommands[Scope][Action]
      : never
    : unknown[]
  : unknown[];
