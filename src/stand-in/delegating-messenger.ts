// The messenger that the page keeps. Behind it, a real messenger can be replaced by a new one.
import { type DevtoolsHook, devtoolsKey, findHook } from '../devtools-hook.js';
import type { Messenger } from '../index.js';

export interface DelegatingMessenger {
  readonly messenger: Messenger;
  /**
   * Destroys the real messenger. The next call creates a new one, as after a page load. Listeners that the page added
   * stay, because a module adds them only once, when it is imported.
   */
  renew(): void;
}

/** A listener of the page. `attach` adds it to a real messenger and returns what removes it there. */
interface Registration {
  readonly attach: (messenger: Messenger) => () => void;
  detach: () => void;
}

/** @param create - creates a real messenger; it throws what `createMessenger` throws */
export function createDelegatingMessenger(create: () => Messenger): DelegatingMessenger {
  let real: Messenger | undefined = create();
  const registrations = new Set<Registration>();
  const subscribers = new Set<{ readonly listener: () => void }>();

  // Not created by `renew()`: a messenger that no test uses any more would be created again for each of them.
  function current(): Messenger {
    if (real) return real;
    const created = (real = create());
    registrations.forEach((registration) => (registration.detach = registration.attach(created)));
    return created;
  }

  function register(attach: Registration['attach']): () => void {
    const registration: Registration = { attach, detach: attach(current()) };
    registrations.add(registration);
    return () => {
      registrations.delete(registration);
      registration.detach();
    };
  }

  const zE = (...args: unknown[]): unknown => current().zE.unsafe(...args);
  const on = (event: string, listener: (...details: unknown[]) => void) =>
    register((messenger) => messenger.on.unsafe(event, listener));

  let stopObserving = () => {};
  const hook: DevtoolsHook = {
    observe(listener) {
      stopObserving();
      stopObserving = () => {};
      if (!listener) return;
      stopObserving = register((messenger) => {
        findHook(messenger)?.observe(listener);
        return () => findHook(messenger)?.observe(undefined);
      });
    },
    renew: () => findHook(current())?.renew(),
  };

  return {
    messenger: {
      [devtoolsKey()]: hook,
      load: () => current().load(),
      login: () => current().login(),
      setUser: (id) => current().setUser(id),
      logout: () => current().logout(),
      zE: Object.assign(zE, { unsafe: zE }),
      on: Object.assign(on, { unsafe: on }) as Messenger['on'],
      getSnapshot: () => current().getSnapshot(),
      subscribe(listener) {
        const subscriber = { listener };
        subscribers.add(subscriber);
        const remove = register((messenger) => messenger.subscribe(listener));
        return () => {
          subscribers.delete(subscriber);
          remove();
        };
      },
      remove: () => current().remove(),
      destroy: () => current().destroy(),
    },
    renew() {
      if (!real) return;
      // First, so that nobody sees the state of a destroyed messenger.
      registrations.forEach((registration) => registration.detach());
      real.destroy();
      real = undefined;
      subscribers.forEach(({ listener }) => listener());
    },
  };
}
