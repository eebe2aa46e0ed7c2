// What happened before the panel was there, as far as the browser's performance timeline tells: the library leaves a mark for
// the latest event of each type.
import type { MessengerEvent, MessengerSnapshot } from '../index.js';
import { NAME } from '../browser/console.js';

/** Events without details, so a mark tells everything about them. */
const PLAIN = [
  ...([
    'load-requested',
    'messenger-live',
    'messenger-lost',
    'messenger-removed',
    'token-absent',
    'token-refused',
  ] as const),
  ...(['login-called', 'push-called', 'login-accepted', 'asked', 'signed-out', 'sign-out-completed'] as const),
  ...(['sign-out-delayed', 'identity-lost', 'user-changed', 'consent-given', 'consent-withdrawn'] as const),
];

/**
 * Returns the events, oldest first: the latest one of each type without details, and the request and the arrival of the token
 * that the snapshot tells about. It is not complete.
 */
export function readEarlierEvents({ expiresAtMs, refreshAtMs }: MessengerSnapshot): MessengerEvent[] {
  const marks = readMarks();
  const events: MessengerEvent[] = [];
  for (const type of PLAIN) {
    const atMs = marks.get(type);
    if (atMs !== undefined) events.push({ type, atMs });
  }
  const [requestedAtMs, receivedAtMs] = [marks.get('token-requested'), marks.get('token-received')];
  if (expiresAtMs !== undefined && requestedAtMs! <= receivedAtMs!) {
    const lifetimeMs = expiresAtMs - requestedAtMs!;
    // Whether it was a sign-in is not known.
    events.push({ type: 'token-requested', atMs: requestedAtMs!, reason: 'sign-in' });
    events.push({ type: 'token-received', atMs: receivedAtMs!, lifetimeMs });
    if (refreshAtMs !== undefined)
      events.push({ type: 'renewal-planned', atMs: receivedAtMs!, refreshAtMs, expiresAtMs });
  }
  return events.sort((one, other) => one.atMs - other.atMs);
}

function readMarks(): Map<string, number> {
  // Some test environments have a performance object without marks.
  const marks = performance.getEntriesByType?.('mark') ?? [];
  return new Map(
    marks
      .filter(({ name }) => name.startsWith(NAME))
      .map(({ name, startTime }) => [name.slice(NAME.length), performance.timeOrigin + startTime]),
  );
}
