// Checks an endpoint's response in the same way as the library. Pure functions. The findings show nothing of the
// response's content.
import { checkBody, type BodyCheck } from './check-body.js';
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';
import { MAX_CHARACTERS, TIMEOUT_MS, type TokenResponse, type RequestResult } from './fetch-token.js';
import { HEADER_ADVICE, type Caller } from './header-advice.js';
import { findMissingPart } from './missing-parts.js';
import { describeFailure, isUntrustedCertificate } from './network-failures.js';
import { createRedirectFinding } from './redirects.js';
import { checkClock } from './server-clock.js';
import { createStatusFinding, describeError } from './statuses.js';

export interface ResponseCheck extends BodyCheck {
  /** Whether every next request would get the same answer, such as 404, so that there is nothing more to find out. */
  readonly isFinal: boolean;
}

// How long the messenger waits when it asks for a token.
const SLOW_MS = 4000;

export interface RequestContext {
  readonly url: URL;
  /** Whether the caller's headers were sent, such as a visitor's cookie. */
  readonly hasHeaders: boolean;
  /** Whether one of them was Authorization. Then a refusal does not mean that it is missing. */
  readonly hasAuthorization: boolean;
  readonly caller: Caller;
  /** Whether the token should be for the Web Widget (Classic). `createClassicAuth` takes it there, and retries nothing. */
  readonly isClassic?: boolean;
}

/** Checks the result of one request. */
export function checkResult(result: RequestResult, context: RequestContext): ResponseCheck {
  const general = isOpenToReaders(context.url)
    ? [
        createEndpointFinding(
          'endpoint_not_https',
          'The URL begins with http://, so the token can be read on the network.',
        ),
      ]
    : [];
  if (result.kind !== 'response') {
    return { findings: [createFailureFinding(result), ...general], token: undefined, isFinal: true };
  }
  general.push(...(context.isClassic ? [] : checkDuration(result)), ...checkClock(result));
  const failure = findFailure(result, context);
  if (failure) {
    const isNobody = failure.code === 'endpoint_nobody' || failure.code === 'endpoint_wants_more';
    return { findings: [failure, ...general], token: undefined, isFinal: !isNobody };
  }
  const text = result.body!.trim();
  const body = checkBody(text, context.isClassic);
  if ('nobody' in body) {
    return { findings: [createNobodyFinding(body.nobody, context), ...general], token: undefined, isFinal: false };
  }
  const has = (code: string) => body.findings.some((finding) => finding.code === code);
  const type = result.headers.get('content-type') ?? '';
  const isAccepted = body.token && !body.findings.some(({ severity }) => severity === 'error');
  // With something around the token, no content-type is right.
  const typeFindings = isAccepted && !has('endpoint_surrounded') ? checkContentType(type, text) : [];
  const headerFindings = isAccepted ? [...checkHeaders(result), ...typeFindings] : [];
  return { findings: [...body.findings, ...general, ...headerFindings], token: body.token, isFinal: false };
}

/** Returns a finding if no token can be in the response because of its status, or if it is too long. */
function findFailure(response: TokenResponse, context: RequestContext): EndpointFinding | undefined {
  const { status, headers, body } = response;
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  if (location !== null) return createRedirectFinding(context.url, location);
  if (status === 401 || status === 403) {
    const missing = findMissingPart(response, context.hasAuthorization);
    if (missing !== undefined) return createMissingPartFinding(status, missing, context);
  }
  if (status === 401) return createNobodyFinding('The answer was 401', context);
  if (status === 204) return createNobodyFinding('The answer was 204', context);
  if (status < 200 || status > 299) return createStatusFinding(status, context.caller, context.isClassic);
  if (body !== undefined) return undefined;
  return createEndpointFinding('endpoint_too_long', `The answer has more than ${MAX_CHARACTERS} characters.`);
}

function createFailureFinding(result: Exclude<RequestResult, TokenResponse>): EndpointFinding {
  if (result.kind === 'timeout') {
    const message = `No complete answer arrived within ${TIMEOUT_MS / 1000} seconds. The library gives up after that.`;
    return createEndpointFinding('endpoint_timeout', message);
  }
  const remedy = isUntrustedCertificate(result.reason)
    ? 'If this is your own development certificate, set NODE_EXTRA_CA_CERTS to its file.'
    : undefined;
  return createEndpointFinding('endpoint_unreachable', describeFailure(result.reason), { remedy });
}

/** @param said - what the endpoint said, as the beginning of a sentence */
function createNobodyFinding(said: string, { hasHeaders, caller }: RequestContext): EndpointFinding {
  const isRed = said.includes('401');
  const advice = isRed
    ? ' Browsers write a red line for a 401 to the console of each visitor. 204, or 200 with { "token": null }, means the same without that line.'
    : '';
  const { checkSession, sendCookie } = HEADER_ADVICE[caller];
  const message = `${said}, which means that nobody is signed in. This is correct if nobody is.${advice}`;
  return createEndpointFinding('endpoint_nobody', message, { remedy: hasHeaders ? checkSession : sendCookie });
}

function createMissingPartFinding(status: number, part: string, context: RequestContext): EndpointFinding {
  const consequence =
    status === 401 ? 'The library takes it as “nobody is signed in”.' : describeError(status, context.isClassic);
  const message = `The answer was ${status}, because the endpoint wants something that the request does not have: ${part}. ${consequence}`;
  return createEndpointFinding('endpoint_wants_more', message, { remedy: adviseOn(part, context) });
}

/** Says how the caller and the page can send what is missing. */
function adviseOn(part: string, { hasHeaders, caller }: RequestContext): string {
  // The requests have no body.
  if (part === 'a parameter')
    return 'Add it to the URL. If the endpoint reads it from the body, your page must send it: with tokenUrl: { url, body }.';
  const { addFirst, addAnother } = HEADER_ADVICE[caller];
  const page =
    part === 'a cookie'
      ? "Browsers send the page's cookies only if the endpoint is at the page's own origin."
      : 'Your page must send it, too: with tokenUrl: { url, headers }.';
  return `${hasHeaders ? addAnother : addFirst}. ${page}`;
}

function isOpenToReaders({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

function checkDuration({ tookMs }: TokenResponse): EndpointFinding[] {
  if (tookMs <= SLOW_MS) return [];
  const took = `The answer took ${(tookMs / 1000).toFixed(1)} seconds`;
  return [createEndpointFinding('endpoint_slow', `${took}. The messenger waits only 4 seconds for a token.`)];
}

/** Checks the headers of a response that contains a token, except its content-type. */
function checkHeaders({ headers }: TokenResponse): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (Number(headers.get('age')) > 0) {
    findings.push(
      createEndpointFinding('endpoint_cached', 'The answer and its token come from a cache (it has an Age header).'),
    );
  }
  if (!/\bno-store\b/i.test(headers.get('cache-control') ?? '')) {
    findings.push(
      createEndpointFinding('endpoint_cacheable', 'The answer may be cached, because cache-control has no no-store.'),
    );
  }
  if (!headers.has('date')) {
    findings.push(createEndpointFinding('endpoint_no_date', 'The answer has no Date header.'));
  }
  return findings;
}

function checkContentType(type: string, text: string): EndpointFinding[] {
  const isJson = /^[{["]/.test(text);
  const isSentAsJson = /^[^;]*[/+]json\b/i.test(type);
  const report = (message: string) => [createEndpointFinding('endpoint_content_type', message)];
  if (isJson && !isSentAsJson) return report('The answer is JSON, but its content-type says otherwise.');
  if (isSentAsJson && !isJson) return report('The answer is a plain token, but its content-type says JSON.');
  if (!/^text\/html\b/i.test(type)) return [];
  return report('The answer is a token, but its content-type says web page (text/html).');
}

/** Checks whether a page of another site can send the request and read the answer. */
export function checkForeignOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  // "null" is the Origin of a sandboxed frame, and any site can create one.
  if (allowed !== origin && allowed !== '*' && allowed !== 'null') return [];
  const isWithCookies = allowed !== '*' && headers.get('access-control-allow-credentials')?.trim() === 'true';
  const message = isWithCookies
    ? "Any site can read a visitor's token with the visitor's cookies, and can act as that visitor in Zendesk."
    : 'Any site can read the answer, but only without cookies.';
  return [createEndpointFinding('endpoint_open_to_others', message, isWithCookies ? {} : { severity: 'warning' })];
}

/** Checks whether the site's own page, at another origin than the endpoint, can read the answer. */
export function checkOwnOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  if (allowed === origin || allowed === '*') return [];
  const message = 'A page at the given Origin cannot read the answer, because there is no CORS header for that Origin.';
  return [createEndpointFinding('endpoint_closed_to_origin', message)];
}

/** @param second - the check of the same request in a later second */
export function checkSecondResult(first: ResponseCheck, second: ResponseCheck): EndpointFinding[] {
  if (!second.token) {
    const isNew = ({ code }: EndpointFinding) => !first.findings.some((finding) => finding.code === code);
    return second.findings
      .filter(isNew)
      .map((finding) => ({ ...finding, message: `On the second request: ${finding.message}` }));
  }
  if (!isJwt(first.token?.value) || first.token?.value !== second.token.value) return [];
  return [createEndpointFinding('endpoint_same_token', 'Two requests in different seconds got the same token.')];
}

/** Whether two requests got two different JWTs. Returns `undefined` if they did not get two JWTs. */
export function haveDifferentTokens(first: ResponseCheck, second: ResponseCheck): boolean | undefined {
  const [one, other] = [first.token?.value, second.token?.value];
  return isJwt(one) && isJwt(other) ? one !== other : undefined;
}

/** Texts that are not JWTs do not count, such as the word undefined twice. */
function isJwt(value: unknown): boolean {
  return typeof value === 'string' && /^[^.]+\.[^.]+\.[^.]+$/.test(value);
}
