import type { FakeBackend } from '../../src/testing/index.js';

export interface ExampleServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly mode: 'fake' | 'real';
  /** The stand-in's servers; absent with the real messenger. */
  readonly backend: FakeBackend | undefined;
  close(): Promise<void>;
}

/**
 * Starts the example. Rejects with one sentence when only some of the ZENDESK_… variables are set, when dist/ is not
 * built, or when the port is taken.
 */
export function startServer(options?: {
  /** Default 8080. 0: any free one. */
  readonly port?: number;
  /** Where ZENDESK_KEY, ZENDESK_KEY_ID and ZENDESK_SECRET are looked up. Default: nowhere, which means the stand-in. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<ExampleServer>;
