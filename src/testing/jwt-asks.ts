// The kept jwtCallback, and when it is called again.

export type JwtCallback = (answer: (jwt?: unknown) => void) => void;

/** What became of one ask: an answer, or an exception in the callback. */
export type AskResult = { readonly answer: unknown } | 'threw';

export interface JwtAsks {
  /** Calls of `jwtCallback` so far. */
  readonly count: number;
  /** Those of them that were not part of a `loginUser` call, but followed a refused request. */
  readonly renewalCount: number;
  /** Renewal asks without an answer so far. Nothing limits their time [M 28]. */
  readonly waitingCount: number;
  /** Keeps the callback, in place of the one before [M 16]. */
  keep(jwtCallback: JwtCallback): void;
  /** The ask that belongs to `loginUser`. */
  askFor(jwtCallback: JwtCallback): Promise<AskResult>;
  /**
   * Asks for another token because this one was refused: `undefined` if it was asked about before (once per distinct token
   * string [M 26]) or nobody can be asked. Resolves with the new token, or with nothing for a falsy answer.
   */
  askInsteadOf(token: string): Promise<string | undefined> | undefined;
}

export function createJwtAsks(onChange: () => void): JwtAsks {
  const asked = new Set<string>();
  let kept: JwtCallback | undefined;
  let count = 0;
  let renewalCount = 0;
  let waitingCount = 0;

  const ask = (jwtCallback: JwtCallback): Promise<AskResult> =>
    new Promise((resolve) => {
      count += 1;
      try {
        // A promise settles once: only the first answer counts [M 16].
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
    // A falsy answer is no new token; anything else is used as the text it becomes.
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
      kept = jwtCallback;
    },
    askFor: ask,
    askInsteadOf(token) {
      if (kept === undefined || asked.has(token)) return undefined;
      asked.add(token);
      return renew(kept);
    },
  };
}
