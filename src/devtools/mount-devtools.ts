import { logError } from '../browser/console.js';
import { identityStorage } from '../browser/identity-storage.js';
import { findHook } from '../devtools-hook.js';
import type { Messenger, MessengerEvent } from '../index.js';
import { type BlockedHost, watchBlockedHosts } from './blocked-hosts.js';
import { readEarlierEvents } from './earlier-events.js';
import { createObservation, observe, observeEarlier, observeSnapshot } from './observation.js';
import { createPanel } from './panel.js';
import { createReport, type Facts } from './report.js';
import { countTabs } from './tabs.js';

/** Options of {@link mountDevtools}. */
export interface DevtoolsOptions {
  /** Whether the panel is open at first. Default: `false`, which shows a button with the status. */
  readonly open?: boolean;
}

/** How often the times in the panel are written anew. */
const TICK_MS = 1000;
/** Tells another panel on the page that it is replaced, also one of another copy of this file. */
const REPLACED = 'zendesk-messenger-devtools:replaced';

/**
 * Shows a panel with what the library does: the status, the token's life, renewals, the stored identity, errors with the
 * doctor's findings, and blocked hosts. For a page under development.
 *
 * The panel is in a shadow root beside the body, works under a strict content security policy and with Trusted Types, and is not
 * printed. It shows no token. It shows the `external_id` and the stored id only after a click. A page has one panel: another call
 * replaces it. It does not load the messenger and does not sign anybody in. On a server it does nothing.
 *
 * It knows every event from now on. Of what happened before, it knows the snapshot and the latest time of some events.
 *
 * @param messenger - what `createMessenger` returned, or a copy of it
 * @returns a function that removes the panel
 * @throws Error if the messenger cannot be observed, because another version of the library has created it
 * @example
 * if (import.meta.env.DEV) {
 *   const { mountDevtools } = await import('zendesk-messenger-auth/devtools');
 *   mountDevtools(messenger);
 * }
 */
export function mountDevtools(messenger: Messenger, { open = false }: DevtoolsOptions = {}): () => void {
  if (typeof document === 'undefined') return () => {};
  const hook = messenger && findHook(messenger);
  if (!hook) {
    throw new Error(
      'mountDevtools() cannot observe this object. Pass the messenger that createMessenger() returned, from the same version ' +
        'of zendesk-messenger-auth. A wrapper must copy its properties with symbols, too, as { ...messenger } does.',
    );
  }
  document.querySelector('zendesk-messenger-devtools')?.dispatchEvent(new Event(REPLACED));
  const collected = collectFacts(messenger, refresh);
  const panel = createPanel(
    {
      renew() {
        hook.renew();
        panel.say('The next token is requested as soon as nothing forbids it.');
      },
      signOut() {
        panel.say('Signing the user out of the messenger. Your site still has the user.');
        void messenger.logout();
      },
      copyReport: () => void copyReport(),
    },
    open,
  );

  async function copyReport(): Promise<void> {
    const report = createReport(collected.read());
    try {
      await navigator.clipboard.writeText(report);
      panel.say('The report is copied. It contains no token, no e-mail address and no id.');
    } catch {
      // Without https, or without the permission.
      panel.say('The browser does not allow copying. The report is below: copy it from there.');
      panel.showText(report);
    }
  }

  function refresh(event?: MessengerEvent): void {
    const facts = collected.read();
    if (event) panel.tell(event, facts.secrets);
    panel.update(facts);
  }

  readEarlierEvents(messenger.getSnapshot()).forEach(collected.addEarlier);
  hook.observe(withoutErrors(collected.add));
  collected.start();
  refresh();
  const timer = setInterval(refresh, TICK_MS);
  const unsubscribe = messenger.subscribe(() => refresh());
  let isMounted = true;
  function unmount(): void {
    if (!isMounted) return;
    isMounted = false;
    hook!.observe(undefined);
    collected.stop();
    clearInterval(timer);
    unsubscribe();
    panel.remove();
  }
  panel.host.addEventListener(REPLACED, unmount);
  return unmount;
}

/** The library must go on if the panel has a defect. */
function withoutErrors(listener: (event: MessengerEvent) => void): (event: MessengerEvent) => void {
  return (event) => {
    try {
      listener(event);
    } catch (error) {
      logError(error);
    }
  };
}

/** Collects what the panel shows. `onChange` gets each event. */
function collectFacts(messenger: Messenger, onChange: (event?: MessengerEvent) => void) {
  let observation = createObservation();
  const blocked: BlockedHost[] = [];
  const secrets = new Set<string>();
  let tabs = 1;
  const stops: (() => void)[] = [];

  function read(): Facts {
    const snapshot = messenger.getSnapshot();
    const nowMs = Date.now();
    const stored = identityStorage.readIdentity();
    for (const secret of [snapshot.externalId, stored.storedId, stored.record]) if (secret) secrets.add(secret);
    observation = observeSnapshot(observation, snapshot, nowMs);
    const build = (globalThis as { zE?: { version?: unknown } }).zE?.version;
    const browser = navigator.userAgent;
    return {
      ...{ snapshot, observation, stored, blocked, tabs, browser, secrets, nowMs },
      build: typeof build === 'string' ? build : undefined,
    };
  }

  return {
    read,
    add(event: MessengerEvent) {
      observation = observe(observation, event);
      onChange(event);
    },
    addEarlier(event: MessengerEvent) {
      observation = observeEarlier(observation, event);
      onChange(event);
    },
    start() {
      stops.push(
        watchBlockedHosts((each) => {
          blocked.push(each);
          onChange();
        }),
        countTabs((count) => {
          tabs = count;
          onChange();
        }),
      );
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
