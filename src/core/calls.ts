// The types of the functions that take the name of a command or an event: `messenger.zE`, `messenger.on` and `window.zE`.
import type { CommandArguments, MessengerCommands, MessengerEventListener, MessengerEvents } from './commands.js';
import type { NameCheck } from './name-checks.js';

type ScopeName = keyof MessengerCommands;
type ActionName<Scope> = Scope extends ScopeName ? keyof MessengerCommands[Scope] & string : never;
type EventName = keyof MessengerEvents;
/** Any text. In a union with names, editors still suggest the names. */
type AnyName = string & {};

/** The compiler's message contains this type if `loginUser` is called through the library. */
interface LoginUserIsTheLibrarys<Hint extends string> {
  /** What to call instead. */
  readonly instead: Hint;
}

/** `loginUser` is refused in a way of its own, also if it is misspelt. */
type HandleActionCheck<Scope, Action extends string> = [Scope, Lowercase<Action>] extends [
  'messenger',
  `log${string}in${string}`,
]
  ? LoginUserIsTheLibrarys<'call messenger.login() or messenger.setUser()'>
  : NameCheck<Action, Exclude<ActionName<Scope>, 'loginUser'>, 'call messenger.zE.unsafe()'>;

/**
 * `messenger.zE`: calls a command of the messenger. You can call it at any time: until the messenger is live, calls wait
 * in a queue and keep their order.
 *
 * Does not load the messenger. Never throws: if the messenger throws an error, it is reported to `onEvent` and to the
 * console, once per command. Returns what the messenger returns, or `undefined` if the call was queued. After
 * `destroy()` and on a server it does nothing.
 *
 * The compiler knows the documented commands, and refuses other names. `loginUser` does not compile: the library has the
 * token, and first signs out whoever was signed in before. If you call it nevertheless, it does the same as `login()`,
 * calls neither callback, and writes one warning to the console.
 *
 * @example
 * messenger.zE('messenger:set', 'conversationTags', ['checkout']);
 */
export interface MessengerZE {
  /** Calls a documented command. */
  <Scope extends ScopeName, Action extends Exclude<ActionName<Scope>, 'loginUser'>>(
    scope: Scope,
    action: Action,
    ...args: CommandArguments<Scope, Action>
  ): unknown;
  /** Says which name is meant by a misspelt one. @hidden */
  <Scope extends ScopeName | AnyName, Action extends Exclude<ActionName<Scope>, 'loginUser'> | AnyName>(
    scope: Scope & NameCheck<Scope, ScopeName, 'call messenger.zE.unsafe()'>,
    action: Action & HandleActionCheck<Scope, Action>,
    ...args: CommandArguments<Scope, Action>
  ): unknown;
  /** Calls `whenLive` once when the messenger is live, or immediately if it already is. */
  (whenLive: () => void): void;
  /**
   * The same function for any command, such as one that is newer than this version of the library. The compiler does not
   * check the arguments.
   *
   * @example
   * messenger.zE.unsafe('messenger:set', 'aNewSetting', true);
   */
  unsafe(...args: unknown[]): unknown;
}

/**
 * `messenger.on`: adds a listener for an event of the messenger.
 *
 * You can call it before the messenger is live; events fire only after that. Does not load the messenger. Returns an
 * unsubscribe function, which works in every build of the messenger, even before it is live. If the listener throws,
 * the error goes to the console. The compiler knows the documented events, and refuses other names.
 *
 * @example
 * const off = messenger.on('unreadMessages', (count) => console.log(count));
 */
export interface MessengerOn {
  /** Adds a listener for a documented event. */
  <Name extends EventName>(event: Name, listener: MessengerEventListener<Name>): () => void;
  /** Says which name is meant by a misspelt one. @hidden */
  <Name extends EventName | AnyName>(
    event: Name & NameCheck<Name, EventName, 'call messenger.on.unsafe()'>,
    listener: MessengerEventListener<Name>,
  ): () => void;
  /**
   * The same function for any event, such as one that is newer than this version of the library.
   *
   * @example
   * messenger.on.unsafe('aNewEvent', (details) => console.log(details));
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- unknown would refuse every listener that names its type
  unsafe(event: string, listener: (...details: any[]) => void): () => void;
}

/**
 * Zendesk's own function `window.zE`, for pages that also call it directly. It accepts every documented command, but the
 * library does not see these calls. If the messenger is live, an unknown command throws an error [M 10].
 */
export interface ZendeskZE {
  /** Calls a documented command. Before the messenger is live, the call waits in a queue. */
  <Scope extends ScopeName | AnyName, Action extends ActionName<Scope> | AnyName>(
    scope: Scope & NameCheck<Scope, ScopeName, 'cast zE to (...args: unknown[]) => unknown'>,
    action: Action & NameCheck<Action, ActionName<Scope>, 'cast zE to (...args: unknown[]) => unknown'>,
    ...args: CommandArguments<Scope, Action>
  ): unknown;
  /** Calls `whenLive` when the messenger is live. */
  (whenLive: () => void): void;
  /** Which widget is live. `undefined` before [M 4]. */
  readonly widget?: 'messenger' | 'classic';
  /** The build of the messenger. `undefined` before the messenger is live [M 4]. */
  readonly version?: string;
}
