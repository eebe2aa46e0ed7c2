/** Options of {@link redact}. */
export interface RedactOptions {
  /** The time to check the token's times against, in milliseconds since 1970. Default: this computer's clock. */
  readonly nowMs?: number | undefined;
}

/**
 * What a token is for:
 *
 * - `messaging`: the messenger, with `zE('messenger', 'loginUser', …)`.
 * - `chat`: the chat of the Web Widget (Classic), with `webWidget.authenticate.chat.jwtFn`.
 * - `help-center`: restricted articles in the Web Widget (Classic), with `webWidget.authenticate.jwtFn`.
 */
export type TokenProduct = 'messaging' | 'chat' | 'help-center';

/** Options of {@link checkSignature}. */
export interface SignatureOptions {
  /** What the token is for. Each product has its own claims, lifetimes and secrets. Default: `'messaging'`. */
  readonly product?: TokenProduct | undefined;
}

/** Options of {@link inspectToken}. */
export interface InspectOptions extends RedactOptions, SignatureOptions {
  /**
   * Whose clock `nowMs` is. `'server'`: the time in the `Date` header of the response that brought the token. Then no
   * finding says that a clock may be wrong. Default: `'local'`.
   */
  readonly clock?: 'local' | 'server' | undefined;
  /**
   * `true`: the token was certainly signed just now, for example because two requests got two different tokens. Then an
   * expired token was not kept somewhere: its `exp` was computed wrongly. `false`: it was certainly signed earlier, for example
   * because two requests got the same token. Then an old time in it is not an error. Default: not known.
   */
  readonly isNew?: boolean | undefined;
}

/**
 * Returns `nowMs`, or this computer's clock if there is no valid time. `tokens.map(inspectToken)` passes an index
 * instead of options, and other callers pass `null`.
 */
export function readNow(options: RedactOptions | null | undefined): number {
  const nowMs = options?.nowMs;
  return Number.isFinite(nowMs) ? (nowMs as number) : Date.now();
}
