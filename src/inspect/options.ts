/** Options of {@link inspectToken} and {@link redact}. */
export interface InspectOptions {
  /** The instant to judge the token's times at, in milliseconds since 1970. Default: this computer's clock. */
  readonly nowMs?: number | undefined;
}

/** This computer's clock also in place of what is no instant: a list's `map` hands over an index, others `null`. */
export function readNow(options: InspectOptions | null | undefined): number {
  const nowMs = options?.nowMs;
  return Number.isFinite(nowMs) ? (nowMs as number) : Date.now();
}
