// What the timeline knows: requests, tokens, marks and sleeps, read from the events of the library.
import type { MessengerEvent, MessengerEventTypes } from '../index.js';

/** A mark in the lane of Zendesk. */
export type TimelineMark = 'handed' | 'accepted' | 'refused' | 'failed' | 'signed-out' | 'message';

export interface RecordedRequest {
  readonly startMs: number;
  endMs?: number;
  outcome?: 'received' | 'absent' | 'failed' | 'cancelled';
}

export interface RecordedToken {
  readonly fromMs: number;
  expiresAtMs: number;
  refreshAtMs?: number;
  endMs?: number;
  end?: 'replaced' | 'ended';
}

export interface TimelineRecord {
  readonly requests: RecordedRequest[];
  readonly tokens: RecordedToken[];
  readonly marks: { readonly kind: TimelineMark; readonly atMs: number }[];
  readonly sleeps: { readonly fromMs: number; readonly toMs: number }[];
  /** The lifetime of the last token whose expiry is known. */
  lifetimeMs: number;
  /** When the next request after a failure is planned. */
  retryAtMs: number | undefined;
}

type Tellers = {
  readonly [Type in keyof MessengerEventTypes]?: (
    record: TimelineRecord,
    event: Extract<MessengerEvent, { type: Type }>,
  ) => void;
};

/** A time after which nothing is seen any more: the timeline shows at most this much of the past. */
const KEPT_MS = 240_000;

export function createRecord(): TimelineRecord {
  return { requests: [], tokens: [], marks: [], sleeps: [], lifetimeMs: 60_000, retryAtMs: undefined };
}

const TELLERS: Tellers = {
  'token-requested'(record, { atMs }) {
    record.retryAtMs = undefined;
    record.requests.push({ startMs: atMs });
  },
  'token-received'(record, { atMs, lifetimeMs }) {
    endRequest(record, atMs, 'received');
    endToken(record, atMs, 'replaced');
    const fromMs = record.requests.at(-1)?.startMs ?? atMs;
    record.tokens.push({ fromMs: atMs, expiresAtMs: lifetimeMs ? fromMs + lifetimeMs : Infinity });
    if (lifetimeMs) record.lifetimeMs = lifetimeMs;
  },
  'renewal-planned'({ tokens }, { refreshAtMs, expiresAtMs }) {
    const last = tokens.at(-1);
    if (last) Object.assign(last, { refreshAtMs, expiresAtMs });
  },
  'token-absent': (record, { atMs }) => endRequest(record, atMs, 'absent'),
  'token-failed'(record, { atMs, retryAtMs }) {
    record.retryAtMs = retryAtMs;
    endRequest(record, atMs, 'failed');
  },
  'token-cancelled': (record, { atMs }) => endRequest(record, atMs, 'cancelled'),
  'token-refused': ({ marks }, { atMs }) => void marks.push({ kind: 'refused', atMs }),
  answered: ({ marks }, { atMs, withToken }) => void (withToken && marks.push({ kind: 'handed', atMs })),
  'login-accepted': ({ marks }, { atMs }) => void marks.push({ kind: 'accepted', atMs }),
  // After a refusal, the mark of `token-refused` is there already.
  'login-rejected': ({ marks }, { atMs, code }) =>
    void (code !== 'invalid_auth' && marks.push({ kind: 'failed', atMs })),
  'signed-out'(record, { atMs }) {
    record.retryAtMs = undefined;
    record.marks.push({ kind: 'signed-out', atMs });
  },
};

/** Adds an event. An event that the timeline does not show changes nothing. */
export function recordEvent(record: TimelineRecord, event: MessengerEvent): void {
  if (Object.hasOwn(TELLERS, event.type))
    (TELLERS[event.type] as (record: TimelineRecord, event: unknown) => void)(record, event);
}

function endRequest({ requests }: TimelineRecord, endMs: number, outcome: RecordedRequest['outcome'] & string): void {
  const open = [...requests].reverse().find((request) => request.endMs === undefined);
  if (open) Object.assign(open, { endMs, outcome });
}

export function endToken({ tokens }: TimelineRecord, atMs: number, end: RecordedToken['end'] & string): void {
  const last = tokens.at(-1);
  if (last && last.endMs === undefined) Object.assign(last, { endMs: Math.min(atMs, last.expiresAtMs), end });
}

/** Forgets what has left the left edge. The last of each kind stays, because an event may still belong to it. */
export function forgetOld(record: TimelineRecord, nowMs: number): void {
  const isOld = (atMs: number | undefined) => atMs !== undefined && atMs < nowMs - KEPT_MS;
  dropFirst(record.requests, ({ endMs }) => isOld(endMs));
  dropFirst(record.tokens, ({ expiresAtMs, endMs }) => isOld(expiresAtMs) && isOld(endMs ?? expiresAtMs));
  dropFirst(record.marks, ({ atMs }) => isOld(atMs));
  dropFirst(record.sleeps, ({ toMs }) => isOld(toMs));
}

function dropFirst<Item>(list: Item[], isOld: (item: Item) => boolean): void {
  while (list.length > 1 && isOld(list[0]!)) list.shift();
}
