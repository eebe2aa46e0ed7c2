// Looks over the messenger's shoulder: everything that passes `zE`, whoever calls it, and what comes back.
import type { ZeFunction } from '../../src/testing/page-globals.js';

export interface Ask {
  /** Part of a `loginUser` call, or after a refused request. */
  readonly isRenewal: boolean;
  readonly atMs: number;
  /** The library's messenger that it goes to. */
  readonly owner: unknown;
  /** `undefined` while open; null: there is no token. */
  answer: string | null | undefined;
}

/** What becomes of Zendesk's answer to a sign-in on its way back. */
export type Delivery = 'once' | 'twice' | 'late' | 'never';

export interface ZeWatch {
  readonly calls: readonly (readonly unknown[])[];
  readonly asks: readonly Ask[];
  delivery: Delivery;
  /** Whether Zendesk has been called and has not answered. */
  readonly isLoginOpen: boolean;
  stop(): void;
}

export interface ZeListener {
  called(command: string): void;
  /** Before the library knows of the ask. */
  asking(ask: Ask): void;
  /** At the instant of the ask's answer. */
  answered(ask: Ask): void;
  /** The page is told that Zendesk would not have these tokens. */
  rejected(texts: readonly string[]): void;
  /** When the library has had its chance to answer at once. */
  asked(ask: Ask): void;
}

interface WatchParts {
  readonly nowMs: () => number;
  /** The library's messenger that calls. */
  readonly owner: () => unknown;
  readonly later: (callback: () => void, delayMs: number) => void;
  readonly listener: ZeListener;
}

/** Wraps whatever is put at `window.zE` and `window.zEmbed`: two names of one function stay one function [M 5]. */
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
      // The library answers within the tick, not within the call.
      queueMicrotask(() => listener.asked(entry));
    };
    const done = (error: unknown) => {
      const deliver = () => {
        if (openLogin === login) openLogin = 0;
        // Of a sign-in that another one has superseded, the messenger says no more than that.
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
        // The live function runs what was queued: that has been seen on its way in.
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

  for (const name of ['zE', 'zEmbed']) {
    let current: ZeFunction | undefined;
    Object.defineProperty(window, name, {
      configurable: true,
      get: () => wrap(current),
      set: (value: ZeFunction) => void (current = originals.get(value) ?? value),
    });
  }
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
    stop() {
      for (const name of ['zE', 'zEmbed']) Reflect.deleteProperty(window, name);
    },
  };
}
