// Records the visit that the picture shows: a sign-in, a renewal, a revoked token, another renewal, and the sign-out.
import type { MessengerEvent } from '../../src/index.js';
import type { Life } from './read-life.js';
import { openPage, pass, settle, START_MS } from '../life/start-page.js';

const STEP_MS = 100;

/** Needs `usePages()`. Its clock and its random numbers are fixed, so every visit is the same. */
export async function recordLife(): Promise<Life> {
  const { backend, zendesk, messenger, events } = openPage({ endpoint: { lifetimeS: 60 } });
  const changes: number[] = [];
  zendesk.onChange(() => {
    const isSignedIn = zendesk.visitor.kind === 'user';
    if (isSignedIn !== (changes.length % 2 === 1)) changes.push(Date.now() - START_MS);
  });
  const until = async (type: MessengerEvent['type'], count: number) => {
    while (events.filter((event) => event.type === type).length < count) await pass(STEP_MS);
  };
  await settle(messenger.login());
  await until('push-called', 1);
  await pass(12_000);
  backend.revokeAll();
  void zendesk.request();
  // The first follows the refusal, the second is the next renewal.
  await until('push-called', 3);
  await pass(9000);
  void messenger.logout();
  await pass(STEP_MS);
  return {
    events: events.map((event) => ({
      ...event,
      atMs: event.atMs - START_MS,
      ...('refreshAtMs' in event && {
        refreshAtMs: event.refreshAtMs - START_MS,
        expiresAtMs: event.expiresAtMs - START_MS,
      }),
    })),
    signedIn: Array.from({ length: changes.length / 2 }, (_, i) => [changes[2 * i]!, changes[2 * i + 1]!] as const),
  };
}
