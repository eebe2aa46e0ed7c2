import { logError } from '../browser/console.js';
import { type DevtoolsHook, findHook } from '../devtools-hook.js';
import type { Messenger, MessengerEvent } from '../index.js';
import { createCollection } from './collection.js';
import { readEarlierEvents } from './earlier-events.js';
import { createPanel, HOST_NAME, type Panel } from './panel.js';
import { createReport, type Facts } from './report.js';

/** Options of {@link mountDevtools}. */
export interface DevtoolsOptions {
  /** Whether the panel is open at first. Default: `false`, which shows a button with the status. */
  readonly open?: boolean;
}

/** How often the times in the panel are written anew. */
const TICK_MS = 1000;
/** Tells another panel on the page that it is replaced, also one of another copy of this file. */
const REPLACED = 'zendesk-messenger-devtools:replaced';
const NO_HOOK =
  'mountDevtools() cannot observe this object. Pass the messenger that createMessenger() returned, from the same version of ' +
  'zendesk-messenger-auth. A wrapper must copy its properties with symbols, too, as { ...messenger } does.';

/**
 * Shows a panel with what the library does: the status, the token's life, renewals, the stored identity, errors with the
 * doctor's findings, and blocked hosts. For a page under development.
 *
 * The panel is in a shadow root in the body, also after the page has replaced its body. It works under a strict content security policy and with Trusted Types, and is not
 * printed. It shows no token. It shows the `external_id` and the stored id only after a click. A page has one panel: another call
 * replaces it. It does not load the messenger and does not sign anybody in. On a server it does nothing.
 *
 * It knows every event from now on. Of what happened before, it knows the snapshot and the latest time of some events.
 *
 * @param messenger - what `createMessenger` returned, or a copy of it
 * @returns a function that removes the panel
 * @throws Error if the messenger cannot be observed, because another version of the library has created it
 * @example
 * if (process.env.NODE_ENV !== 'production') {
 *   const { mountDevtools } = await import('zendesk-messenger-auth/devtools');
 *   mountDevtools(messenger);
 * }
 */
export function mountDevtools(messenger: Messenger, { open = false }: DevtoolsOptions = {}): () => void {
  if (typeof document === 'undefined') return () => {};
  const hook = messenger && findHook(messenger);
  if (!hook) throw new Error(NO_HOOK);
  document.querySelector(HOST_NAME)?.dispatchEvent(new Event(REPLACED));
  const collection = createCollection(messenger);
  const panel = createPanel(
    createActions(messenger, hook, collection.read, () => panel),
    open,
  );
  const refresh = () => panel.update(collection.read());
  const tell = (event: MessengerEvent) => panel.tell(event, collection.read().secrets);
  for (const event of readEarlierEvents(messenger.getSnapshot())) {
    collection.addEarlier(event);
    tell(event);
  }
  const stops = [
    collection.watch(refresh),
    messenger.subscribe(refresh),
    followEvents(hook, (event) => {
      collection.add(event);
      tell(event);
      // Later, because the snapshot does not have the change yet.
      queueMicrotask(() => isMounted && refresh());
    }),
  ];
  const timer = setInterval(refresh, TICK_MS);
  refresh();
  let isMounted = true;
  function unmount(): void {
    if (!isMounted) return;
    isMounted = false;
    stops.forEach((stop) => stop());
    clearInterval(timer);
    panel.remove();
  }
  panel.host.addEventListener(REPLACED, unmount);
  return unmount;
}

/** The library must go on if the panel has a defect. */
function followEvents(hook: DevtoolsHook, listener: (event: MessengerEvent) => void): () => void {
  hook.observe((event) => {
    try {
      listener(event);
    } catch (error) {
      logError(error);
    }
  });
  return () => hook.observe(undefined);
}

function createActions(messenger: Messenger, hook: DevtoolsHook, read: () => Facts, findPanel: () => Panel) {
  const say = (text: string) => findPanel().say(text);
  return {
    renew() {
      hook.renew();
      say('The next token is requested as soon as nothing forbids it.');
    },
    signOut() {
      say('The user is signed out of the messenger. Your site still has the user.');
      void messenger.logout();
    },
    async copyReport() {
      const report = createReport(read());
      try {
        await navigator.clipboard.writeText(report);
        say('The report is copied. It contains no token, no e-mail address and no id.');
      } catch {
        // Without https, or without the permission.
        say('The browser does not allow copying. Copy the report from the text below.');
        findPanel().showText(report);
      }
    },
  };
}
