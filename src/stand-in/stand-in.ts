// Takes the place of every messenger of a page: a real messenger, whose token endpoint is in the page.
import type { Messenger, MessengerOptions } from '../index.js';
import { setSubstitute } from '../substitute.js';
import { createDelegatingMessenger, type DelegatingMessenger } from './delegating-messenger.js';

export interface StandIn {
  /**
   * Takes the place of every messenger that the page creates from now on. Returns a function that ends this and destroys
   * the real messengers.
   */
  install(): () => void;
  /** Replaces every real messenger by a new one. The page keeps its objects. */
  renewMessengers(): void;
}

export interface StandInParts {
  /** Answers a request to the page's own `tokenUrl`. `undefined`: the page's own endpoint answers. */
  readonly answerToken?: ((signal: AbortSignal | null | undefined) => Promise<Response>) | undefined;
  /** Changes what the page has passed to `createMessenger`. */
  readonly changeOptions?: (options: MessengerOptions) => MessengerOptions;
  /** Gets each messenger before the page gets it. */
  readonly wrap?: (messenger: Messenger) => Messenger;
}

export function createStandIn({ answerToken, changeOptions, wrap }: StandInParts): StandIn {
  const all = new Set<DelegatingMessenger>();

  const fetchToken = answerToken && ((_url: unknown, init?: RequestInit) => answerToken(init?.signal));

  function substitute(options: MessengerOptions, create: (options: MessengerOptions) => Messenger): Messenger {
    const changed = changeOptions?.(options) ?? options;
    const delegating = createDelegatingMessenger(() => withFetch(fetchToken, () => create(changed)));
    all.add(delegating);
    return wrap?.(delegating.messenger) ?? delegating.messenger;
  }

  const renewMessengers = () => all.forEach((delegating) => delegating.renew());
  return {
    install() {
      setSubstitute(substitute);
      return () => {
        renewMessengers();
        setSubstitute(undefined);
      };
    },
    renewMessengers,
  };
}

/**
 * Runs the action with another `fetch`. A messenger keeps the `fetch` that it finds when it is created, and uses it for
 * its `tokenUrl` only. So nothing else in the page gets this `fetch`, and a stub of the page changes nothing for it.
 */
function withFetch<Result>(replacement: unknown, action: () => Result): Result {
  if (replacement === undefined) return action();
  const before = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
  Object.defineProperty(globalThis, 'fetch', { configurable: true, writable: true, value: replacement });
  try {
    return action();
  } finally {
    if (before) Object.defineProperty(globalThis, 'fetch', before);
    else delete (globalThis as { fetch?: unknown }).fetch;
  }
}
