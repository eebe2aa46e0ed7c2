import type { FakeBackend } from '../../src/testing/index.js';

export interface ExampleServer {
  /** Without a trailing slash. */
  readonly url: string;
  readonly port: number;
  readonly mode: 'fake' | 'real';
  /** The fake messenger's backend. `undefined` with the real messenger. */
  readonly backend: FakeBackend | undefined;
  close(): Promise<void>;
}

/**
 * Starts the example. Rejects with one sentence when only some of the ZENDESK_… variables are set, when dist/ is not
 * built, or when the port is taken.
 */
export function startServer(options?: {
  /** Default 8080. 0 means any free port. */
  readonly port?: number;
  /** Contains ZENDESK_KEY, ZENDESK_KEY_ID and ZENDESK_SECRET. Default: empty, which means the fake messenger. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}): Promise<ExampleServer>;
