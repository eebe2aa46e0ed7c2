// The types of the messenger's commands [M 15]. They do not exist at run time. Which commands work depends on the build
// and the account [M 10]. If a build does not have a command, calling it fails at run time.

/** A conversation field, by its id in the Admin Center. */
export interface ConversationField {
  /** The field's id in the Admin Center. */
  id: string;
  /** The value for the ticket's field. Zendesk clears it when the visitor is signed out. */
  value: string | number | boolean;
}

/** The events of `messenger.on`, with the arguments of their listeners. */
export interface MessengerEvents {
  /** The number of unread messages: fires immediately with the current count, then after every change. */
  unreadMessages: [count: number];
  /** The messenger's window was opened. Older builds pass nothing [M 13]. */
  open: [details?: MessengerEventDetails];
  /** The messenger's window was closed. Older builds pass nothing [M 13]. */
  close: [details?: MessengerEventDetails];
  /** A conversation was started. */
  conversationStarted: [details?: MessengerEventDetails];
  /** A conversation became visible. Its messages may still be loading. */
  conversationOpened: [details?: MessengerEventDetails];
  /** Messages became visible: when a conversation is opened, and with each new message. */
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
  /** A postback button in a message was clicked. */
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

/** The details of an event in newer builds, exactly as Zendesk passes them. The library does not check them. */
export interface MessengerEventDetails {
  /** The id of the event. */
  readonly id?: string;
  /** When it happened, as Zendesk reports it. */
  readonly createdAt?: string | number;
  /** The internal name of the event at Zendesk, such as `messagingOpened` for `open`. */
  readonly type?: string;
  /** Anything else that the build passes. */
  readonly [name: string]: unknown;
}

/** A listener for the event `Name`. Documented events have typed arguments; other events accept any arguments. */
export type MessengerEventListener<Name extends string> = Name extends keyof MessengerEvents
  ? (...details: MessengerEvents[Name]) => void
  : (...details: any[]) => void; // eslint-disable-line @typescript-eslint/no-explicit-any -- unknown would refuse every listener that names its type

/** The arguments of the documented commands of `messenger.zE`, by scope and action. */
export interface MessengerCommands {
  /** Commands that do something. */
  messenger: {
    /** Shows the messenger again after `hide`. */
    show: [];
    /** Hides everything, including the launcher. */
    hide: [];
    /** Opens the window. */
    open: [];
    /** Closes the window. The launcher stays visible. */
    close: [];
    /**
     * Does the same as `messenger.login()`, and calls neither callback: the library has the token, and first signs out
     * whoever was signed in before.
     */
    loginUser: [
      jwtCallback: (answer: (jwt: string) => void) => void,
      loginCallback?: (error: { type: string; message: string; reason: string } | null) => void,
    ];
    /** Signs the user out. Call `messenger.logout()` instead. */
    logoutUser: [];
    /** Forgets the visitor, as `logoutUser` does, and restarts the messenger. Calls back when that is done. */
    resetWidget: [callback?: () => void];
    /** Shows the messenger on a page that has set `zEMessenger.autorender` to `false`. Newer builds only. */
    render: [config?: Record<string, unknown>, callback?: () => void];
    /** Starts a conversation and shows it. Newer builds only. */
    newConversation: [options?: Record<string, unknown>];
    /** Sends a message as the visitor. Zendesk documents it, but the builds of 2025 and 2026 do not have it. */
    sendMessage: [message: string | Record<string, unknown>];
  };
  /** Commands that set something. */
  'messenger:set': {
    /** The language, such as `de`. Default: the browser's language. */
    locale: [locale: string];
    /** The CSS `z-index` of all frames. */
    zIndex: [zIndex: number];
    /** What may be stored in the browser. With `none` or `false`, the visitor is signed out and forgotten. */
    cookies: [policy: 'all' | 'functional' | 'none' | boolean];
    /** Values for the fields of the next ticket. */
    conversationFields: [fields: ConversationField[], callback?: () => void];
    /** Tags for the next ticket. */
    conversationTags: [tags: string[]];
    /** The colors and parts of the window. Newer builds only. */
    customization: [customization: Record<string, unknown>];
    /** A callback that runs before a message is sent and may change it. */
    beforeMessageSent: [callback: (...details: never[]) => unknown];
    /** A callback that runs before a message is shown and may change it or suppress it. */
    beforeMessageDisplay: [callback: (...details: never[]) => unknown];
  };
  /** Adds a listener, which cannot be removed reliably. Use `messenger.on` instead. */
  'messenger:on': { [Name in keyof MessengerEvents]: [listener: (...details: MessengerEvents[Name]) => void] };
  /** Commands that return something. */
  'messenger:get': {
    /** Returns the current configuration. Newer builds only, and only after the messenger is live. */
    config: [];
  };
}

/** The arguments of a documented command. Commands that are not documented here accept any arguments. */
export type CommandArguments<Scope extends string, Action extends string> = Scope extends keyof MessengerCommands
  ? Action extends keyof MessengerCommands[Scope]
    ? MessengerCommands[Scope][Action] extends unknown[]
      ? MessengerCommands[Scope][Action]
      : never
    : unknown[]
  : unknown[];
