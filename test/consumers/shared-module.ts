import { blockWith } from '../docs/read-docs.js';

/**
 * The module `messenger.ts` that every chapter on a framework begins with. The library's own limits are longer, because they
 * would end a test on a machine that is ten times too busy.
 */
export const SHARED_MODULE = blockWith('// messenger.ts').replace(
  "tokenUrl: '/zendesk-token'",
  '$&, loadTimeoutMs: 60_000, tokenTimeoutMs: 60_000, loginTimeoutMs: 60_000',
);
