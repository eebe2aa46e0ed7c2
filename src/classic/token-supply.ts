// Fetches tokens for the Web Widget (Classic): one request at a time for each product, with a time limit, and no defects.
import { ClassicAuthError } from './errors.js';
import type { ClassicProduct } from './options.js';
import { readClassicToken } from './read-classic-token.js';
import type { ClassicAnswer } from './token-request.js';

/** Sends one request for a token of this product. */
export type ClassicTokenSource = (product: ClassicProduct, signal: AbortSignal) => Promise<ClassicAnswer>;

/** A token, or `null` if nobody is signed in to the site, or `undefined` if there is none. */
export type ClassicToken = string | null | undefined;

export interface ClassicTokenSupply {
  /**
   * Resolves with a new token. Never rejects: errors are reported. A call while a request for this product is pending
   * shares its result.
   */
  getToken(product: ClassicProduct): Promise<ClassicToken>;
  /** Aborts what is pending and reports none of its errors. Later calls send new requests. */
  cancel(): void;
}

// `iat` has whole seconds, so a token that is signed this much later has another one.
const NEXT_SECOND_MS = 1100;

export function createClassicTokenSupply(
  source: ClassicTokenSource,
  timeoutMs: number,
  report: (error: ClassicAuthError) => void,
): ClassicTokenSupply {
  // Replaced by each cancellation: what belongs to an earlier one is not reported any more.
  let pending = new Map<ClassicProduct, readonly [AbortController, Promise<ClassicToken>]>();
  const lastIats: { [Product in ClassicProduct]?: number | undefined } = {};

  async function fetchToken(product: ClassicProduct, signal: AbortSignal, isSecond?: boolean): Promise<string | null> {
    const { answer, dateMs } = await source(product, signal);
    const reading = readClassicToken(answer, product);
    if (!reading) return null;
    if (typeof reading === 'string') throw new ClassicAuthError(reading, product);
    const { token, exp, iat } = reading;
    const isNewer = iat > lastIats[product]!;
    lastIats[product] = iat;
    if (!(exp! * 1000 <= (dateMs || Date.now())) || (isNewer && !dateMs)) return token;
    // By the visitor's clock alone it has expired. Either the endpoint returns old tokens, or that clock is wrong. If the
    // next token is a newer one, the clock is wrong.
    if (dateMs || isSecond) throw new ClassicAuthError('token_expired', product);
    await new Promise((resolve) => setTimeout(resolve, NEXT_SECOND_MS));
    signal.throwIfAborted();
    return fetchToken(product, signal, true);
  }

  async function limit(product: ClassicProduct, controller: AbortController): Promise<ClassicToken> {
    const { signal } = controller;
    const current = pending;
    const timeout = new ClassicAuthError('token_failed', `${product}: no answer`);
    const timer = setTimeout(() => controller.abort(timeout), timeoutMs);
    try {
      return await new Promise<string | null>((resolve, reject) => {
        signal.onabort = () => reject(signal.reason as Error);
        fetchToken(product, signal).then(resolve, reject);
      });
    } catch (cause) {
      if (current === pending) {
        report(cause instanceof ClassicAuthError ? cause : new ClassicAuthError('token_failed', product, cause));
      }
      return undefined;
    } finally {
      clearTimeout(timer);
      current.delete(product);
    }
  }

  return {
    getToken(product) {
      if (!pending.has(product)) {
        const controller = new AbortController();
        pending.set(product, [controller, limit(product, controller)]);
      }
      return pending.get(product)![1];
    },
    cancel() {
      const canceled = pending;
      pending = new Map();
      canceled.forEach(([controller]) => controller.abort());
    },
  };
}
