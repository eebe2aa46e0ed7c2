// The messenger's requests. A browser hides an answer without CORS headers from the page; here that holds everywhere.
import type { Surroundings } from './environment.js';

export interface ApiCall {
  readonly method: 'GET' | 'POST';
  /** After `{baseUrl}/v2/apps/{appId}/`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface ApiAnswer {
  readonly status: number;
  readonly ok: boolean;
  /** The server's words in a structured refusal [M 21]; `undefined` for a body without structure. */
  readonly description: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiClient {
  call(call: ApiCall, authorization: string | undefined): Promise<ApiAnswer | 'network-error'>;
}

export interface ApiSettings {
  readonly baseUrl: string;
  readonly appId: string;
  readonly onKillSwitch: () => void;
}

export function createApiClient({ window, fetch }: Surroundings, settings: ApiSettings): ApiClient {
  return {
    async call({ method, path, body }, authorization) {
      const url = `${settings.baseUrl}/v2/apps/${settings.appId}/${path}`;
      try {
        // Browsers set Origin themselves and ignore this one; elsewhere nobody else would set it.
        const headers: Record<string, string> = { origin: window.location.origin };
        if (authorization !== undefined) headers['authorization'] = authorization;
        if (body !== undefined) headers['content-type'] = 'application/json';
        const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
        if (!isReadable(response, url, window.location.origin)) return 'network-error';
        if (response.headers.has('x-zendesk-killswitch')) settings.onKillSwitch();
        return await readAnswer(response);
      } catch {
        return 'network-error';
      }
    },
  };
}

/** May the page read this answer? Only with CORS headers, unless it comes from the page's own origin [M 30]. */
export function isReadable(response: Response, url: string, origin: string): boolean {
  if (response.type === 'error') return false;
  // A browser has checked already, and shows the header to nobody.
  if (response.type === 'cors' || new URL(url, origin).origin === origin) return true;
  const allowed = response.headers.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}

/** The header for a user's token. Headers are trimmed; white space around a token must reach the server all the same. */
export function bearer(token: string): string {
  return `Bearer ${token.replace(/^\s+|\s+$/g, '%20')}`;
}

async function readAnswer(response: Response): Promise<ApiAnswer> {
  const value: unknown = await response.json().catch(() => undefined);
  const body = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const error = body['error'] as { description?: unknown } | null | undefined;
  const description = typeof error?.description === 'string' ? error.description : undefined;
  return { status: response.status, ok: response.ok, description, body };
}
