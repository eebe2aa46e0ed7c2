// Sends one request to an endpoint, as the library does, and returns the response. check-response.ts checks it.

export interface TokenResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly headers: Headers;
  /** Absent if it has more than {@link MAX_CHARACTERS}. */
  readonly body: string | undefined;
  /** When the headers arrived, by this computer's clock. */
  readonly receivedAtMs: number;
  /** From the start of the request until the end of the body. */
  readonly tookMs: number;
}

/** `reason` is Node's code for the failure, such as ECONNREFUSED, if it has one. */
export type RequestResult =
  TokenResponse | { readonly kind: 'timeout' } | { readonly kind: 'unreachable'; readonly reason: string };

type Send = (url: string, init: RequestInit) => Response | Promise<Response>;

// The library's limit: the default of tokenTimeoutMs.
export const TIMEOUT_MS = 10_000;
/** The library reads no more than this from a response. */
export const MAX_CHARACTERS = 65_536;

/**
 * @param send - sends the request in place of the global `fetch`. What it throws is no failure of the connection, but a
 *   mistake in it, and is thrown to the caller.
 */
export async function fetchToken(
  url: URL,
  headers: Headers,
  timeoutMs = TIMEOUT_MS,
  send?: Send,
): Promise<RequestResult> {
  const signal = AbortSignal.timeout(timeoutMs);
  const startMs = performance.now();
  try {
    const init: RequestInit = { method: 'POST', cache: 'no-store', redirect: 'manual', headers, signal };
    const response = await (send ?? fetch)(url.href, init);
    const receivedAtMs = Date.now();
    const body = await readBody(response);
    const tookMs = performance.now() - startMs;
    return { kind: 'response', status: response.status, headers: response.headers, body, receivedAtMs, tookMs };
  } catch (error) {
    if (signal.aborted) return { kind: 'timeout' };
    if (send) throw error;
    const { cause } = error as { cause?: { code?: unknown } };
    return { kind: 'unreachable', reason: typeof cause?.code === 'string' ? cause.code : '' };
  }
}

async function readBody(response: Response): Promise<string | undefined> {
  // Decodes like text(): drops a byte order mark at the beginning.
  const decoder = new TextDecoder();
  let text = '';
  // Leaving the loop cancels the request.
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > MAX_CHARACTERS) return undefined;
  }
  return text + decoder.decode();
}
