// Collects everything that the panel shows.
import { identityStorage } from '../browser/identity-storage.js';
import type { Messenger, MessengerEvent } from '../index.js';
import { type BlockedHost, watchBlockedHosts } from './blocked-hosts.js';
import { createObservation, observe, observeEarlier, observeSnapshot } from './observation.js';
import type { Facts } from './report.js';
import { countTabs } from './tabs.js';

export interface Collection {
  read(): Facts;
  add(event: MessengerEvent): void;
  /** Adds an event from before the panel was there. */
  addEarlier(event: MessengerEvent): void;
  /** Watches the page and the other tabs. Returns a function that ends this. */
  watch(onChange: () => void): () => void;
}

export function createCollection(messenger: Messenger): Collection {
  let observation = createObservation();
  const blocked: BlockedHost[] = [];
  const secrets = new Set<string>();
  let tabs = 1;

  function read(): Facts {
    const snapshot = messenger.getSnapshot();
    const nowMs = Date.now();
    const stored = identityStorage.readIdentity();
    for (const secret of [snapshot.externalId, stored.storedId, stored.record]) if (secret) secrets.add(secret);
    observation = observeSnapshot(observation, snapshot, nowMs);
    const browser = navigator.userAgent;
    return { snapshot, observation, stored, blocked, tabs, browser, secrets, nowMs, build: readBuild() };
  }

  return {
    read,
    add: (event) => void (observation = observe(observation, event)),
    addEarlier: (event) => void (observation = observeEarlier(observation, event)),
    watch(onChange) {
      const stopBlocked = watchBlockedHosts((each) => {
        blocked.push(each);
        onChange();
      });
      const stopTabs = countTabs((count) => {
        tabs = count;
        onChange();
      });
      return () => {
        stopBlocked();
        stopTabs();
      };
    },
  };
}

function readBuild(): string | undefined {
  const build = (globalThis as { zE?: { version?: unknown } }).zE?.version;
  return typeof build === 'string' ? build : undefined;
}
