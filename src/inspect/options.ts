/** Options of {@link inspectToken} and {@link redact}. */
export interface InspectOptions {
  /** The time to check the token's times against, in milliseconds since 1970. Default: this computer's clock. */
  readonly nowMs?: number | undefined;
}

/**
 * Returns `nowMs`, or this computer's clock if there is no valid time. `tokens.map(inspectToken)` passes an index
 * instead of options, and other callers pass `null`.
 */
export function readNow(options: InspectOptions | null | undefined): number {
  const nowMs = options?.nowMs;
  return Number.isFinite(nowMs) ? (nowMs as number) : Date.now();
}
