// Records all calls of `zE`, by any caller, and what the messenger passes to the callbacks.
import type { ZeFunction } from '../../src/testing/page-globals.js';

export interface Ask {
  /** Whether the ask follows a refused request. Otherwise it is part of a `loginUser` call. */
  readonly isRenewal: boolean;
  readonly atMs: number;
  /** The library's messenger that is asked. */
  readonly owner: unknown;
  /** The token, null if there is none, or `undefined` while the ask is open. */
  answer: string | null | undefined;
}

/** How Zendesk's answer to a sign-in reaches the page. */
export type Delivery = 'once' | 'twice' | 'late' | 'never';

export interface ZeWatch {
  readonly calls: readonly (readonly unknown[])[];
  readonly asks: readonly Ask[];
  delivery: Delivery;
  /** Whether a `loginUser` has not been answered yet. */
  readonly isLoginOpen: boolean;
  /** Watches again what the page has deleted and perhaps defined again. */
  watchAgain(): void;
  stop(): void;
}

export interface ZeListener {
  called(command: string): void;
  /** Called before the library gets the ask. */
  asking(ask: Ask): void;
  /** Called at the instant of the answer to an ask. */
  answered(ask: Ask): void;
  /** Called when the page learns that Zendesk has refused these tokens. */
  rejected(texts: readonly string[]): void;
  /** Called when the library could have answered at once. */
  asked(ask: Ask): void;
}

interface WatchParts {
  readonly nowMs: () => number;
  /** Returns the library's messenger that is in use. */
  readonly owner: () => unknown;
  readonly later: (callback: () => void, delayMs: number) => void;
  readonly listener: ZeListener;
}

/** Wraps every value of `window.zE` and `window.zEmbed`. If both are one function, their wrapper is one function [M 5]. */
export function watchZe({ nowMs, owner: findOwner, later, listener }: WatchParts): ZeWatch {
  const calls: unknown[][] = [];
  const asks: Ask[] = [];
  const settings = { delivery: 'once' as Delivery };
  const wrapped = new WeakMap<ZeFunction, ZeFunction>();
  const originals = new WeakMap<ZeFunction, ZeFunction>();
  let latestLogin = 0;
  let openLogin = 0;

  function watchLogin([scope, name, jwtCallback, loginCallback]: unknown[]): unknown[] {
    const login = ++latestLogin;
    const owner = findOwner();
    openLogin = login;
    const texts: string[] = [];
    let isFirst = true;
    const ask = (answer: (token?: unknown) => void) => {
      const entry: Ask = { isRenewal: !isFirst, atMs: nowMs(), owner, answer: undefined };
      isFirst = false;
      asks.push(entry);
      listener.asking(entry);
      (jwtCallback as (answer: (token?: unknown) => void) => void)((token) => {
        if (entry.answer === undefined) {
          entry.answer = (token as string | undefined) ?? null;
          if (entry.answer !== null && openLogin === login) texts.push(entry.answer);
          listener.answered(entry);
        }
        answer(token);
      });
      // The library answers in the same tick, but not during the call.
      queueMicrotask(() => listener.asked(entry));
    };
    const done = (error: unknown) => {
      const deliver = () => {
        if (openLogin === login) openLogin = 0;
        // The messenger does not report whether Zendesk refused a superseded sign-in.
        const isLatest = latestLogin === login;
        if (isLatest && /^40[13]/.test((error as { reason?: string } | null)?.reason ?? '')) listener.rejected(texts);
        (loginCallback as (error: unknown) => void)(error);
      };
      const { delivery } = settings;
      if (delivery === 'never') return;
      if (delivery === 'late') return later(deliver, 20_000);
      deliver();
      if (delivery === 'twice') deliver();
    };
    return [scope, name, ask, done];
  }

  function wrap(original: ZeFunction | undefined): ZeFunction | undefined {
    if (typeof original !== 'function') return original;
    const known = wrapped.get(original);
    if (known) return known;
    const proxy = new Proxy(original, {
      apply(target, self, given: unknown[]) {
        // Queued calls are recorded when they are queued. Then the live function runs them without this proxy.
        calls.push(given);
        listener.called(
          given
            .slice(0, 2)
            .filter((word) => typeof word === 'string')
            .join(' '),
        );
        const args = given[1] === 'loginUser' && typeof given[3] === 'function' ? watchLogin(given) : given;
        try {
          return Reflect.apply<unknown, unknown[], unknown>(target, self, args);
        } catch (refusal) {
          if (args !== given) openLogin = 0;
          throw refusal;
        }
      },
    });
    wrapped.set(original, proxy);
    originals.set(proxy, original);
    return proxy;
  }

  function watchAgain(): void {
    for (const name of ['zE', 'zEmbed']) {
      const { get, value } = Object.getOwnPropertyDescriptor(window, name) ?? {};
      if (get) continue;
      let current = value as ZeFunction | undefined;
      Object.defineProperty(window, name, {
        configurable: true,
        get: () => wrap(current),
        set: (given: ZeFunction) => void (current = originals.get(given) ?? given),
      });
    }
  }
  watchAgain();
  return {
    calls,
    asks,
    get delivery() {
      return settings.delivery;
    },
    set delivery(delivery) {
      settings.delivery = delivery;
    },
    get isLoginOpen() {
      return openLogin > 0;
    },
    watchAgain,
    stop() {
      for (const name of ['zE', 'zEmbed']) Reflect.deleteProperty(window, name);
    },
  };
}
