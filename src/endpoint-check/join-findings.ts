// Runs the doctor on the token, and joins its findings with those about the endpoint. Pure, except that Web Crypto checks
// the signature.
import { sortFindings } from '../inspect/catalogue.js';
import { examineSignature, type SignatureExamination } from '../inspect/check-signature.js';
import { inspectToken, type Finding, type InspectOptions, type TokenProduct } from '../inspect/index.js';
import { mergeFindings } from '../inspect/merge-findings.js';
import type { TokenEndpointFinding } from './endpoint-findings.js';
import { addSecondClock, type ArrivalTimes } from './server-clock.js';

export interface ObtainedToken {
  /** About the endpoint. */
  readonly findings: readonly TokenEndpointFinding[];
  readonly token: { readonly value: unknown } | undefined;
  /** The whole answer of an endpoint, with or without a token. */
  readonly body?: string | undefined;
  /** Only for an endpoint's token. */
  readonly times?: ArrivalTimes | undefined;
  /** Whether the endpoint signs a token for each request. Absent if that is not known. */
  readonly isNew?: boolean | undefined;
}

export interface JoinedFindings {
  /** Those that explain others first, then errors, warnings and infos. */
  readonly findings: readonly TokenEndpointFinding[];
  /** How the token was inspected. */
  readonly options: InspectOptions;
  /** Whether a signature was compared with the secret. */
  readonly isSignatureChecked: boolean;
}

/**
 * @param atMs - the time to check the token's times against, instead of the current time
 * @param product - what the token is for; `undefined` for messaging
 */
export async function joinFindings(
  obtained: ObtainedToken,
  secret: string | undefined,
  atMs: number | undefined,
  product?: TokenProduct,
): Promise<JoinedFindings> {
  const { token, times, body } = obtained;
  const options = { ...chooseOptions(obtained, atMs), product };
  const checked = secret === undefined ? undefined : await checkSecret(token, secret, options, body);
  const unsorted: readonly TokenEndpointFinding[] = [
    ...obtained.findings,
    ...mergeFindings(token ? inspectToken(token.value, options) : [], checked?.findings ?? []).map((finding) =>
      nameClock(finding, times),
    ),
  ];
  const isByServer = token && times && atMs === undefined;
  const findings = sortFindings(isByServer ? addSecondClock(unsorted, token.value, times, product) : unsorted);
  return { findings, options, isSignatureChecked: checked?.isChecked === true };
}

/**
 * Searches the whole answer of an endpoint for the secret: it may stand beside the token, or in a page with an error. Checks
 * the signature if there is a token.
 */
async function checkSecret(
  token: ObtainedToken['token'],
  secret: string,
  options: InspectOptions,
  body: string | undefined,
): Promise<SignatureExamination> {
  const { findings, isChecked } = await examineSignature(token?.value, secret, options, body);
  const known = token ? findings : findings.filter(({ code }) => code === 'secret_exposed');
  return { findings: body === undefined ? known : known.map(nameAnswer), isChecked };
}

/** An endpoint's text is its answer, and the secret in it need not be in a token. */
function nameAnswer(finding: Finding): Finding {
  if (finding.code !== 'secret_exposed' || finding.part !== 'text') return finding;
  const message = finding.message.replace('The text', 'The answer').replace('a token can', 'the answer can');
  return { ...finding, message, remedy: finding.remedy.replace('into a token', 'into an answer') };
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
