import type { Finding } from '../../src/core/findings.js';

export type SignatureCheck = 'none' | 'right' | 'wrong';

export interface SharedReport {
  readonly madeAtMs: number;
  readonly check: SignatureCheck;
  /** What redact() returned, as an object. */
  readonly report: Readonly<Record<string, unknown>>;
  /** With the doctor's own texts. */
  readonly findings: readonly Finding[];
}

export type Link =
  { readonly kind: 'none' | 'damaged' | 'foreign' } | { readonly kind: 'report'; readonly content: SharedReport };

/** The part of a link that begins with `#`, or `undefined` for a report that {@link readLink} would not accept. */
export function packReport(options: {
  /** What redact() returned. */
  readonly report: string;
  readonly findings: readonly Finding[];
  readonly check: SignatureCheck;
  readonly nowMs: number;
}): string | undefined;

/** Reads the part of an address that begins with `#`. Never throws. */
export function readLink(hash: string): Link;
