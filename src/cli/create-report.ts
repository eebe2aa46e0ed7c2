// Runs the doctor on the token, and puts its findings and those about the endpoint into one report. Pure, except that
// Web Crypto checks the signature.
import { sortFindings } from '../inspect/catalogue.js';
import { examineSignature } from '../inspect/check-signature.js';
import { inspectToken, type Finding, type InspectOptions } from '../inspect/index.js';
import { mergeFindings } from '../inspect/merge-findings.js';
import type { AnyFinding } from './endpoint-findings.js';
import { isAlarming, type Report } from './print.js';
import { addSecondClock, type ArrivalTimes } from './server-clock.js';

export interface ObtainedToken {
  /** About the endpoint. */
  readonly findings: readonly AnyFinding[];
  readonly token: { readonly value: unknown } | undefined;
  /** Only for an endpoint's token. */
  readonly times?: ArrivalTimes | undefined;
  /** Whether the endpoint signs a token for each request. Absent if that is not known. */
  readonly isNew?: boolean | undefined;
}

export interface FullReport extends Report {
  /** Whether the exit code is 0. */
  readonly isOk: boolean;
  /** How the token was inspected. */
  readonly options: InspectOptions;
}

/** @param atMs - the time to check the token's times against, instead of the current time */
export async function createReport(
  obtained: ObtainedToken,
  secret: string | undefined,
  atMs: number | undefined,
): Promise<FullReport> {
  const { token, times } = obtained;
  const options = chooseOptions(obtained, atMs);
  const checked = token && secret !== undefined ? await examineSignature(token.value, secret) : undefined;
  const unsorted: readonly AnyFinding[] = [
    ...obtained.findings,
    ...mergeFindings(token ? inspectToken(token.value, options) : [], checked?.findings ?? []).map((finding) =>
      nameClock(finding, times),
    ),
  ];
  const isByServer = token && times && atMs === undefined;
  const findings = sortFindings(isByServer ? addSecondClock(unsorted, token.value, times) : unsorted);
  return {
    findings,
    isOk: !findings.some(isAlarming),
    options,
    hasToken: token !== undefined,
    hasSecret: secret !== undefined,
    isSignatureChecked: checked?.isChecked === true,
  };
}

/** Without a `Date` header, the only clock is the one of this computer. */
function nameClock(finding: Finding, times: ArrivalTimes | undefined): Finding {
  if (times === undefined || times.serverMs !== undefined) return finding;
  const message = finding.message.replace('the clock of the server that sent the token', "this computer's clock");
  return { ...finding, message };
}

/** An endpoint's token is checked against the clock of its server, because that clock is known to be right. */
function chooseOptions({ times, isNew }: ObtainedToken, atMs: number | undefined): InspectOptions {
  if (times === undefined || atMs !== undefined) return { nowMs: atMs ?? Date.now(), isNew };
  return { nowMs: times.serverMs ?? times.localMs, clock: 'server', isNew };
}
