// Keeps the jwtCallback and calls it again when a token was refused.

export type JwtCallback = (answer: (jwt?: unknown) => void) => void;

/** The result of one ask: an answer, or an exception in the callback. */
export type AskResult = { readonly answer: unknown } | 'threw';

export interface JwtAsks {
  /** How often `jwtCallback` was called. */
  readonly count: number;
  /** How often it was called after a refused request, not as part of a `loginUser` call. */
  readonly renewalCount: number;
  /** How many renewal asks have no answer yet. They have no time limit [M 28]. */
  readonly waitingCount: number;
  /** Keeps the callback and replaces the previous one [M 16]. */
  keep(jwtCallback: JwtCallback): void;
  /** Asks for the token of a `loginUser` call. */
  askFor(jwtCallback: JwtCallback): Promise<AskResult>;
  /**
   * Asks for another token because this one was refused. Returns `undefined` if there is no callback or if it was
   * already asked about this token: it asks only once for each token [M 26]. Resolves with the new token, or with
   * `undefined` if the answer is falsy.
   */
  askForReplacement(token: string): Promise<string | undefined> | undefined;
}

export function createJwtAsks(onChange: () => void): JwtAsks {
  const asked = new Set<string>();
  let currentCallback: JwtCallback | undefined;
  let count = 0;
  let renewalCount = 0;
  let waitingCount = 0;

  const ask = (jwtCallback: JwtCallback): Promise<AskResult> =>
    new Promise((resolve) => {
      count += 1;
      try {
        // Only the first answer counts [M 16], because a promise settles only once.
        jwtCallback((answer) => resolve({ answer }));
      } catch {
        resolve('threw');
      }
    });

  async function renew(jwtCallback: JwtCallback): Promise<string | undefined> {
    renewalCount += 1;
    waitingCount += 1;
    onChange();
    const result = await ask(jwtCallback);
    waitingCount -= 1;
    onChange();
    // A falsy answer is no token. Any other value is converted to a string.
    return result === 'threw' || !result.answer ? undefined : `${result.answer as string}`;
  }

  return {
    get count() {
      return count;
    },
    get renewalCount() {
      return renewalCount;
    },
    get waitingCount() {
      return waitingCount;
    },
    keep(jwtCallback) {
      currentCallback = jwtCallback;
    },
    askFor: ask,
    askForReplacement(token) {
      if (currentCallback === undefined || asked.has(token)) return undefined;
      asked.add(token);
      return renew(currentCallback);
    },
  };
}
