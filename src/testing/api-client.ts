// Sends the messenger's requests. A browser hides a response without CORS headers from the page. The fake does the same
// in every environment.
import type { Environment } from './environment.js';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The path after `{baseUrl}/v2/apps/{appId}/`. */
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiResponse {
  readonly status: number;
  readonly ok: boolean;
  /** The server's description in a structured refusal [M 21]; `undefined` for an unstructured body. */
  readonly description: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface ApiClient {
  call(call: ApiCall, authorization: string | undefined): Promise<ApiResponse | 'network-error'>;
}

export interface ApiSettings {
  readonly baseUrl: string;
  readonly appId: string;
  readonly onKillSwitch: () => void;
}

export function createApiClient({ window, fetch }: Environment, settings: ApiSettings): ApiClient {
  return {
    async call({ method, path, body, headers: more }, authorization) {
      const url = `${settings.baseUrl}/v2/apps/${settings.appId}/${path}`;
      try {
        // Browsers set Origin themselves and ignore this one. In other environments it would be missing.
        const headers: Record<string, string> = { origin: window.location.origin, ...more };
        if (authorization !== undefined) headers['authorization'] = authorization;
        if (body !== undefined) headers['content-type'] = 'application/json';
        const response = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
        if (!isReadable(response, url, window.location.origin)) return 'network-error';
        if (response.headers.has('x-zendesk-killswitch')) settings.onKillSwitch();
        return await readResponse(response);
      } catch {
        return 'network-error';
      }
    },
  };
}

/** Whether the page can read this response. From another origin, it needs CORS headers [M 30]. */
export function isReadable(response: Response, url: string, origin: string): boolean {
  if (response.type === 'error') return false;
  // The browser has already checked the header, which scripts cannot read.
  if (response.type === 'cors' || new URL(url, origin).origin === origin) return true;
  const allowed = response.headers.get('access-control-allow-origin');
  return allowed === '*' || allowed === origin;
}

/**
 * Returns the header for a user's token. White space around the token must reach the server, but headers are trimmed,
 * so it is encoded.
 */
export function createBearerHeader(token: string): string {
  return `Bearer ${token.replace(/^\s+|\s+$/g, '%20')}`;
}

async function readResponse(response: Response): Promise<ApiResponse> {
  const value: unknown = await response.json().catch(() => undefined);
  const body = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const error = body['error'] as { description?: unknown } | null | undefined;
  const description = typeof error?.description === 'string' ? error.description : undefined;
  return { status: response.status, ok: response.ok, description, body };
}
