// Times that are off by the offset of a time zone.
import { describe, expect, it } from 'vitest';
import { inspectToken, type InspectOptions } from '../../src/inspect/index.js';
import { listCodes, NOW_MS, NOW_S, sign } from './tokens.js';

const HOUR_S = 3600;

/** A token whose times are all off, and that is some seconds old. */
function shift(hours: number, { ageS = 0, lifetimeS = 900, ...claims }: Record<string, unknown> & Ages = {}): string {
  const iat = NOW_S + hours * HOUR_S - ageS;
  return sign({ iat, exp: iat + lifetimeS, ...claims });
}
interface Ages {
  ageS?: number;
  lifetimeS?: number;
}

const inspect = (token: string, options: InspectOptions = {}) => inspectToken(token, { nowMs: NOW_MS, ...options });
const codes = (token: string, options?: InspectOptions) => listCodes(inspect(token, options));

describe('a token from the future', () => {
  it.each([0.5, 1, 2, 3, 3.5, 4.5, 5.5, 6.5, 7, 8, 9, 9.5, 10, 12, 13, 14])('by %s hours has one finding', (hours) => {
    expect(codes(shift(hours))).toEqual(['time_zone_offset']);
  });

  it('may be some minutes old, because somebody has copied it', () => {
    for (const ageS of [-60, -1, 0, 5, 179, 180]) expect(codes(shift(8, { ageS }))).toEqual(['time_zone_offset']);
    for (const ageS of [-61, 181, 600, 900]) expect(codes(shift(8, { ageS }))).toEqual(['iat_future']);
  });

  it.each([0.3, 0.75, 1.25, 5.75, 14.5, 24, 48])('by %s hours is not from a time zone', (hours) => {
    expect(codes(shift(hours))).toEqual(['iat_future']);
  });

  it('is named with its offset, and has the code for each language', () => {
    const [finding] = inspect(shift(1));
    expect(finding!.message).toBe(
      'iat is 1 hour in the future. The difference is a whole number of half hours, so most likely local time was taken for UTC.',
    );
    expect(finding!.remedy).toMatch(/\nPython: int\(time\.time\(\)\), not .*\n.*\n.*\nC#: DateTimeOffset\.UtcNow/);
    expect(inspect(shift(0.5))[0]!.message).toMatch(/^iat is 30 minutes in/);
    expect(inspect(shift(5.5))[0]!.message).toMatch(/^iat is 5\.5 hours in/);
  });

  it('names the time zone, too, if it may be one although it does not fit any more', () => {
    for (const token of [shift(8, { ageS: 200 }), shift(1, { ageS: 900 }), shift(14), shift(0.75)]) {
      for (const options of [{}, { clock: 'server' }] as InspectOptions[]) {
        const [finding] = inspect(token, options);
        if (finding!.code === 'time_zone_offset') continue;
        expect(finding!.message).toMatch(
          options.clock
            ? / If it was signed some minutes ago, most likely local time was taken for UTC\.$/
            : /, most likely local time was taken for UTC\. Otherwise, one of the clocks is wrong\.$/,
        );
        expect(finding!.remedy).toMatch(
          /^Set iat to the current time, in seconds since 1970: .*\n.*\n.*datetime\.utcnow/s,
        );
      }
    }
    for (const hours of [0.3, 14.5, 24]) expect(inspect(shift(hours))[0]!.message).not.toMatch(/UTC/);
  });

  it('has the same finding if only iat is off, or only nbf is there', () => {
    expect(codes(shift(8, { exp: NOW_S + 900 }))).toEqual(['time_zone_offset']);
    expect(codes(shift(8, { iat: undefined, nbf: NOW_S + 8 * HOUR_S }))).toEqual(['time_zone_offset', 'iat_missing']);
    expect(inspect(shift(8, { iat: undefined, nbf: NOW_S + 8 * HOUR_S }))[0]!.message).toMatch(/^nbf is 8 hours/);
  });

  it('reports other mistakes in its times, too', () => {
    expect(codes(shift(8, { nbf: NOW_S + 8 * HOUR_S }))).toEqual(['time_zone_offset']);
    expect(codes(shift(8, { nbf: NOW_S + 400 }))).toEqual(['time_zone_offset', 'nbf_future']);
    expect(codes(shift(8, { exp: NOW_S - 400 }))).toEqual(['time_zone_offset', 'expired']);
    expect(codes(shift(8, { iat: String(NOW_S + 8 * HOUR_S) }))).toEqual(['time_zone_offset', 'iat_not_number']);
    expect(codes(shift(8, { exp: undefined }))).toEqual(['time_zone_offset', 'exp_missing']);
  });
});

describe('an expired token', () => {
  it.each([-2.5, -3, -3.5, -4, -5, -7, -8, -9.5, -10, -12])('that is %s hours behind has one finding', (hours) => {
    expect(codes(shift(hours))).toEqual(['time_zone_offset']);
    expect(codes(shift(hours, { ageS: 60 }))).toEqual(['time_zone_offset']);
    expect(codes(shift(hours, { ageS: 61 }))).toEqual(['expired']);
    expect(codes(shift(hours, { ageS: 900 }))).toEqual(['expired']);
  });

  it('may also be that old, and the message says so', () => {
    expect(inspect(shift(-5))[0]!.message).toMatch(
      /^iat is 5 hours in the past, and the token has expired\. .* unless the token is that old\.$/,
    );
  });

  it.each([-0.5, -1, -2, -12.5, -24])('that is %s hours behind is just old', (hours) => {
    expect(codes(shift(hours))).toEqual(['expired']);
  });

  it('with a lifetime of whole half hours is just old', () => {
    for (const lifetimeS of [1800, 3600, 7200]) expect(codes(shift(-5, { lifetimeS }))).toEqual(['expired']);
  });

  it('has a hint if it may be off all the same', () => {
    const hint = / If it was signed just now, local time was taken for UTC, or UTC for local time\.$/;
    expect(inspect(shift(-1))[0]!.message).toMatch(hint);
    expect(inspect(shift(-5, { lifetimeS: 3600 }))[0]!.message).toMatch(hint);
    // Somebody has looked at it some minutes later.
    for (const hours of [-1, -8]) {
      expect(inspect(shift(hours, { ageS: 170 }))[0]!.message).toMatch(hint);
      expect(inspect(shift(hours, { ageS: 181 }))[0]!.message).not.toMatch(hint);
    }
  });

  it('without iat is just expired: every exp fits some offset and some lifetime', () => {
    expect(codes(sign({ iat: undefined, exp: NOW_S - 5 * HOUR_S + 900 }))).toEqual(['expired', 'iat_missing']);
  });

  it('with exp before iat has only exp in local time', () => {
    for (const [hours, lifetimeS] of [
      [-5, 900],
      [-5, 600],
      [-8, 3600],
      [-1, 900],
    ] as const) {
      const token = sign({ iat: NOW_S - 5, exp: NOW_S - 5 + hours * HOUR_S + lifetimeS });
      expect(codes(token)).toEqual(['time_zone_offset']);
      expect(inspect(token)[0]!.message).toMatch(/^exp is in the past, and before iat\. /);
    }
    for (const lifetimeS of [60, 120, 180, 240, 420]) {
      for (const isNew of [true, undefined]) {
        const token = sign({ iat: NOW_S - 2, exp: NOW_S - 2 - 8 * HOUR_S + lifetimeS });
        expect(codes(token, isNew ? { isNew } : {})).toEqual(['time_zone_offset']);
      }
    }
    // exp was subtracted, forgotten, computed when the server started, or anything.
    for (const lifetimeS of [0, -900, -3600, -1800, -5000, -13 * HOUR_S]) {
      expect(codes(sign({ iat: NOW_S - 5, exp: NOW_S - 5 + lifetimeS }))).toEqual(['expired', 'exp_before_iat']);
    }
  });

  it('is not off as long as it is valid', () => {
    expect(codes(shift(-5, { exp: NOW_S + 900 }))).toEqual([]);
  });
});

describe('a token that is certainly new', () => {
  const NEW = { isNew: true };

  it('is off by any offset, whatever its lifetime is', () => {
    for (const hours of [-1, -2, -5, -8]) {
      expect(codes(shift(hours), NEW)).toEqual(['time_zone_offset']);
      expect(codes(shift(hours, { lifetimeS: Math.min(3600, -hours * HOUR_S) }), NEW)).toEqual(['time_zone_offset']);
    }
    expect(inspect(shift(-2), NEW)[0]!.message).toMatch(/^iat is 2 hours in the past, but the token is new\. /);
  });

  it.each([-0.5, -1, -9.5, -12, -12.5, -13, -14])('is off by %s hours, too', (hours) => {
    expect(codes(shift(hours, { lifetimeS: Math.min(3600, -hours * HOUR_S) }), NEW)).toEqual(['time_zone_offset']);
  });

  it('is not off by an offset of no zone', () => {
    for (const hours of [-0.75, -14.5, -24]) expect(codes(shift(hours), NEW)).toEqual(['expired']);
  });

  it('is off if only exp is, also by a usual lifetime', () => {
    for (const hours of [-2, -5, -13]) {
      const token = sign({ iat: NOW_S - 5, exp: NOW_S - 5 + hours * HOUR_S + 3600 });
      expect(codes(token, NEW)).toEqual(['time_zone_offset']);
    }
    expect(codes(sign({ iat: NOW_S - 5, exp: NOW_S - 5 - 13 * HOUR_S + 900 }), NEW)).toEqual(['time_zone_offset']);
    // One hour before iat may also be one hour subtracted instead of added, and the message says so.
    const hour = sign({ iat: NOW_S - 5, exp: NOW_S - 5 - HOUR_S });
    expect(inspect(hour, NEW)[0]!.message).toMatch(/, or the lifetime was subtracted instead of added\.$/);
    // Half an hour or less was subtracted.
    for (const minutes of [10, 15, 30]) {
      const token = sign({ iat: NOW_S - 5, exp: NOW_S - 5 - minutes * 60 });
      expect(codes(token, NEW)).toEqual(['expired', 'exp_before_iat']);
    }
  });

  it('is worded for both directions', () => {
    const both = /local time was taken for UTC, or UTC for local time/;
    for (const [token, options] of [
      [shift(-5), NEW],
      [shift(-5), {}],
      [sign({ iat: undefined, exp: NOW_S - 2700 }), NEW],
      [sign({ exp: NOW_S - 5 - 5 * HOUR_S }), {}],
      [shift(-1), {}],
    ] as const) {
      expect(inspect(token, options)[0]!.message).toMatch(both);
    }
  });

  it('is off if it has only exp, and that is in the past', () => {
    expect(codes(sign({ iat: undefined, exp: NOW_S - 2700 }), NEW)).toEqual(['time_zone_offset', 'iat_missing']);
    for (const exp of [NOW_S - 59, NOW_S - 15 * HOUR_S]) {
      expect(codes(sign({ iat: undefined, exp }), NEW)).toEqual(['expired', 'iat_missing']);
    }
  });

  it('is not called cached, and nobody should keep none', () => {
    const expired = sign({ iat: NOW_S - 1000, exp: NOW_S - 100 });
    expect(inspect(expired)[0]!.remedy).toMatch(/do not cache it/);
    expect(inspect(expired, NEW)[0]).toMatchObject({
      code: 'expired',
      remedy: expect.not.stringMatching(/cache|new token/),
    });
    for (const token of [expired, shift(-5), shift(-1), sign({ iat: undefined, exp: NOW_S - 2700 })]) {
      for (const { message, remedy } of inspect(token, NEW)) expect(message + remedy).not.toMatch(/cache|that old/);
    }
  });
});

describe('a token that is certainly not new', () => {
  const OLD = { isNew: false };

  it('is old, and not off', () => {
    for (const hours of [-3, -5]) {
      expect(codes(shift(hours), OLD)).toEqual(['expired']);
      expect(inspect(shift(hours), OLD)[0]!.message).not.toContain('UTC');
      expect(inspect(shift(hours), OLD)[0]!.remedy).toMatch(/do not cache it/);
    }
  });

  it('is off all the same if it is from the future, or exp is before iat', () => {
    expect(codes(shift(8), OLD)).toEqual(['time_zone_offset']);
    expect(codes(sign({ iat: NOW_S - 5, exp: NOW_S - 5 - 4.75 * HOUR_S }), OLD)).toEqual(['time_zone_offset']);
  });
});

describe("with the server's clock", () => {
  it('no finding blames a clock', () => {
    const tokens = [8, 0.3, 0.01].map((hours) => shift(hours, { nbf: NOW_S + 400 }));
    for (const token of tokens) {
      const [local, server] = [inspect(token), inspect(token, { clock: 'server' })];
      expect(listCodes(server)).toEqual(listCodes(local));
      for (const { message, remedy } of server) expect(message + remedy).not.toMatch(/this clock|is ahead|NTP/);
    }
    expect(JSON.stringify(inspect(tokens[1]!))).toMatch(/The clock of the server that signs is ahead.*NTP/);
    expect(inspect(tokens[1]!, { clock: 'server' })[0]!.message).toBe(
      'iat is in the future (in 18 minutes) by the clock of the server that sent the token.',
    );
  });
});
