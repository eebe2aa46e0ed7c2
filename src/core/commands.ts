// The types of the messenger's commands and events [M 15]. They do not exist at run time. Which commands work depends on
// the build and the account [M 10]. If a build does not have a command, calling it fails at run time.

/** A conversation field, by its id in the Admin Center. */
export interface ConversationField {
  /** The field's id in the Admin Center: a number, or its digits as a text [M 70]. */
  id: string | number;
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
  /** The messenger is shown again after `hide`. Newer builds only [M 10]. */
  show: [details?: MessengerEventDetails];
  /** The messenger is hidden, including the launcher. Newer builds only [M 10]. */
  hide: [details?: MessengerEventDetails];
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

/** An object that the messenger defines, and whose members differ between builds. The library does not check it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- with unknown, an interface of the site would not fit
export type MessengerObject = Record<string, any>;

/**
 * A callback of a command. In Zendesk's newer commands, the first argument is an error or `null`, and the second one the
 * result. The library does not check what the messenger passes.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- unknown would refuse every callback that names its types
export type MessengerCallback = (...details: any[]) => unknown;

/**
 * The arguments of Zendesk's documented commands, by scope and action. `messenger.zE` accepts them all, except `loginUser`.
 */
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
    /** Signs a user in. The library calls it. Call `messenger.login()` or `messenger.setUser()` instead. */
    loginUser: [
      jwtCallback: (answer: (jwt: string) => void) => void,
      loginCallback?: (error: { type: string; message: string; reason: string } | null) => void,
    ];
    /** Signs the user out. Call `messenger.logout()` instead. */
    logoutUser: [];
    /** Forgets the visitor, as `logoutUser` does, and restarts the messenger. Calls back when that is done. */
    resetWidget: [callback?: () => void];
    /** Uses the session of Zendesk's help center. Only for a page of the help center, and instead of a sign-in. */
    useSessionAuth: [callback?: MessengerCallback];
    /** Shows the messenger on a page that has set `zEMessenger.autorender` to `false`. Newer builds only. */
    render: [config?: MessengerObject, callback?: MessengerCallback];
    /** Starts a conversation. Calls back with the conversation. Newer builds only. */
    newConversation: [options?: MessengerObject | MessengerCallback, ...callbacks: MessengerCallback[]];
    /** Sends a message as the visitor. Zendesk documents it, but the builds of 2025 and 2026 do not have it. */
    sendMessage: [message: string | MessengerObject, conversationId?: string | null, callback?: MessengerCallback];
    /** Calls back with a page of the visitor's conversations. Newer builds only. */
    fetchConversations: [offset?: number | MessengerObject | MessengerCallback, callback?: MessengerCallback];
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
    conversationFields: [fields: readonly ConversationField[], callback?: MessengerCallback];
    /** Tags for the next ticket. */
    conversationTags: [tags: readonly string[], callback?: MessengerCallback];
    /** The colors and parts of the window. Newer builds only. */
    customization: [customization: MessengerObject];
    /** A callback that runs before a message is sent and may change it. */
    beforeMessageSent: [callback: MessengerCallback];
    /** A callback that runs before a message is shown and may change it or suppress it. */
    beforeMessageDisplay: [callback: MessengerCallback];
  };
  /** Adds a listener, which cannot be removed reliably. Use `messenger.on` instead. */
  'messenger:on': { [Name in keyof MessengerEvents]: [listener: (...details: MessengerEvents[Name]) => void] };
  /** Commands that read something. */
  'messenger:get': {
    /** Calls back with the current configuration. Returns nothing. Newer builds only. */
    config: [callback?: MessengerCallback];
  };
  /** Commands that change what the window shows. Newer builds only. */
  'messenger:ui': {
    /** Shows a new conversation. */
    newConversation: [options?: MessengerObject | MessengerCallback, ...callbacks: MessengerCallback[]];
    /** Shows another screen, such as `{ screen: 'Conversation', options: { conversationId } }`. */
    navigation: [target: MessengerObject, callback?: MessengerCallback];
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
