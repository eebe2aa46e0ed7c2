// Tokens that have a JWT's shape, and no signature that anybody looks at.

export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** The simulated clocks begin here. All of them are right. */
export const START_MS = 1_800_000_000_000;

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
const HEADER = encode({ alg: 'HS256' });

/**
 * Without `iat`, because the clocks are right and reading a token is what takes longest. Whoever asks within the same second gets the same text: nobody compares tabs.
 */
export function createMint(lifetimeS: number): (nowMs: number) => string {
  const texts: string[] = [];
  return (nowMs) => {
    const second = Math.floor((nowMs - START_MS) / SECOND_MS);
    const iat = START_MS / SECOND_MS + second;
    return (texts[second] ??= `${HEADER}.${encode({ external_id: '1', exp: iat + lifetimeS })}.x`);
  };
}
