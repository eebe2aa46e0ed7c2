// Makes the report that the command prints.
import { joinFindings, type ObtainedToken } from '../endpoint-check/join-findings.js';
import type { InspectOptions, TokenProduct } from '../inspect/index.js';
import { isAlarming, type Report } from './print.js';

export interface FullReport extends Report {
  /** Whether the exit code is 0. */
  readonly isOk: boolean;
  /** How the token was inspected. */
  readonly options: InspectOptions;
}

/**
 * @param atMs - the time to check the token's times against, instead of the current time
 * @param product - what the token is for; `undefined` for messaging
 */
export async function createReport(
  obtained: ObtainedToken,
  secret: string | undefined,
  atMs: number | undefined,
  product?: TokenProduct,
): Promise<FullReport> {
  const joined = await joinFindings(obtained, secret, atMs, product);
  return {
    ...joined,
    isOk: !joined.findings.some(isAlarming),
    hasToken: obtained.token !== undefined,
    hasSecret: secret !== undefined,
  };
}
