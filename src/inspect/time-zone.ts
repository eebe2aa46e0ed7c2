// Recognizes times that are off by a whole number of half hours, as if local time were UTC.

/** Times in milliseconds since 1970. NaN if a time is not there or not readable. */
export interface ClaimedTimes {
  readonly iatMs: number;
  readonly expMs: number;
  readonly nbfMs: number;
}

const MINUTE_MS = 60_000;
const HALF_HOUR_MS = 30 * MINUTE_MS;
// From Baker Island to the Line Islands. If UTC was taken for local time there, the time is as far behind as they are ahead.
const MIN_OFFSET_MS = -12 * 60 * MINUTE_MS;
const MIN_NEW_OFFSET_MS = -14 * 60 * MINUTE_MS;
const MAX_OFFSET_MS = 14 * 60 * MINUTE_MS;
// How old a token may be when somebody looks at it. A token from the future cannot be old, so it is not confused with an
// old one. A token from the past can, so the time must fit better.
const MAX_AGE_AHEAD_MS = 3 * MINUTE_MS;
const MAX_AGE_BEHIND_MS = MINUTE_MS;
// One or two hours behind is more often the age of a token, or a visitor's clock with the wrong daylight saving time.
const MIN_BEHIND_MS = 2.5 * 60 * MINUTE_MS;
// Clocks are seldom as wrong as this.
const MIN_AHEAD_MS = 20 * MINUTE_MS;
// How far the two clocks may be apart.
const CLOCKS_APART_MS = MINUTE_MS;
// Lifetimes are multiples of this. Without this condition, an exp that was computed once, when the server started, would
// have a time zone error, too. The other number is for the time between the two calls that read the clock.
const LIFETIME_STEP_MS = MINUTE_MS;
const CALLS_APART_MS = 2000;
// If exp is before iat by one of these, it was subtracted instead of added.
const USUAL_LIFETIMES_MS = [5, 10, 15, 20, 30, 60].map((minutes) => minutes * MINUTE_MS);

export const LOCAL_TIME = 'local time was taken for UTC';
/** What makes a time too early: the first west of Greenwich, the second east of it. */
export const UTC_MISTAKE = `${LOCAL_TIME}, or UTC for local time`;
const WHOLE = 'The difference is a whole number of half hours';

export interface ZoneError {
  readonly message: string;
  /** Whether the token is from the future. */
  readonly isAhead: boolean;
}

/**
 * Recognizes times that are off by the offset of a time zone. A token that is neither expired nor ahead is never off:
 * nothing would refuse it. An expired token that is not certainly new may just be old. So its signing must be a whole number
 * of half hours ago, and more than two hours. Its end must not be one ago: if both are, nothing tells one cause from the other.
 * Without `iat` and `nbf`, every `exp` in the past fits some offset and some lifetime, so only a new token is recognized.
 *
 * @param isNew - whether the token was certainly signed just now; `undefined` if that is not known
 */
export function findZoneError(times: ClaimedTimes, nowMs: number, isNew: boolean | undefined): ZoneError | undefined {
  const { iatMs, expMs } = times;
  const [name, startMs] = readStart(times);
  const offsetMs = findOffset(startMs, nowMs, isNew);
  const hours = describeHours(offsetMs ?? 0);
  const behind = (message: string) => ({ message, isAhead: false });
  if (offsetMs !== undefined && offsetMs > 0) {
    return { message: `${name} is ${hours} in the future. ${WHOLE}, so most likely ${LOCAL_TIME}.`, isAhead: true };
  }
  if (!(expMs <= nowMs)) return undefined;
  const beforeMs = findBeforeIat(expMs, iatMs, isNew);
  const isUsual = USUAL_LIFETIMES_MS.includes(beforeMs);
  if (beforeMs > HALF_HOUR_MS && (isNew || !isUsual)) {
    const other = isUsual ? ', or the lifetime was subtracted instead of added' : '';
    return behind(`exp is in the past, and before iat. Most likely ${UTC_MISTAKE} in exp, but not in iat${other}.`);
  }
  // The age of a token that was kept explains its times.
  if (isNew === false) return undefined;
  if (offsetMs === undefined) {
    const isExpAlone = Number.isNaN(startMs) && nowMs - expMs >= MINUTE_MS && expMs - nowMs >= MIN_NEW_OFFSET_MS;
    return isNew && isExpAlone
      ? behind(`The token is new, but its exp is in the past. Most likely ${UTC_MISTAKE}.`)
      : undefined;
  }
  if (isNew) return behind(`${name} is ${hours} in the past, but the token is new. ${WHOLE}, so ${UTC_MISTAKE}.`);
  if (offsetMs > -MIN_BEHIND_MS || isWhole(expMs - nowMs)) return undefined;
  return behind(
    `${name} is ${hours} in the past, and the token has expired. ${WHOLE}, so most likely ${UTC_MISTAKE}, unless the token is that old.`,
  );
}

/** Whether the time may differ from the current one by the offset of a time zone. Less certain than {@link findZoneError}. */
export function hasOffset(atMs: number, nowMs: number): boolean {
  return findOffset(atMs, nowMs, false, MAX_AGE_AHEAD_MS) !== undefined;
}

/**
 * Whether the time is so far in the future that a time zone is more likely than a wrong clock, even if the difference is not
 * a whole number of half hours any more, because the token is older than some minutes.
 */
export function isZoneAhead(atMs: number, nowMs: number): boolean {
  return atMs - nowMs > MIN_AHEAD_MS && atMs - nowMs <= MAX_OFFSET_MS;
}

/** The time at which the token says that it was signed. */
function readStart({ iatMs, nbfMs }: ClaimedTimes): readonly [name: string, atMs: number] {
  return Number.isNaN(iatMs) ? ['nbf', nbfMs] : ['iat', iatMs];
}

/** Returns the offset of a time zone that explains the difference; `undefined` if none does. */
function findOffset(
  atMs: number,
  nowMs: number,
  isNew = false,
  maxAgeBehindMs = MAX_AGE_BEHIND_MS,
): number | undefined {
  const aheadMs = atMs - nowMs;
  const offsetMs = Math.ceil((aheadMs - CLOCKS_APART_MS) / HALF_HOUR_MS) * HALF_HOUR_MS;
  const maxAgeMs = offsetMs > 0 ? MAX_AGE_AHEAD_MS : maxAgeBehindMs;
  // Many tokens are half an hour old.
  const latestMs = isNew ? -HALF_HOUR_MS : -2 * HALF_HOUR_MS;
  const earliestMs = isNew ? MIN_NEW_OFFSET_MS : MIN_OFFSET_MS;
  const isOffset = offsetMs > 0 ? offsetMs <= MAX_OFFSET_MS : offsetMs <= latestMs && offsetMs >= earliestMs;
  return isOffset && offsetMs - aheadMs <= maxAgeMs ? offsetMs : undefined;
}

function isWhole(ms: number): boolean {
  return Math.abs(ms - Math.round(ms / HALF_HOUR_MS) * HALF_HOUR_MS) <= CLOCKS_APART_MS;
}

/**
 * Returns how far exp is before iat if that can be the offset of a time zone and a lifetime, because both are read from the
 * same clock. Otherwise NaN.
 */
function findBeforeIat(expMs: number, iatMs: number, isNew = false): number {
  const beforeMs = iatMs - expMs;
  const stepsMs = Math.round(beforeMs / LIFETIME_STEP_MS) * LIFETIME_STEP_MS;
  const earliestMs = isNew ? MIN_NEW_OFFSET_MS : MIN_OFFSET_MS;
  const isOffset = stepsMs <= -earliestMs && Math.abs(beforeMs - stepsMs) <= CALLS_APART_MS;
  return isOffset ? stepsMs : NaN;
}

/** For example `5.5 hours`, without a sign. */
function describeHours(offsetMs: number): string {
  const halves = Math.abs(offsetMs) / HALF_HOUR_MS;
  if (halves === 1) return '30 minutes';
  return `${halves / 2} ${halves === 2 ? 'hour' : 'hours'}`;
}
