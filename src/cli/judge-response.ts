// What an endpoint's answer means to the library, and what is wrong with it. Pure; shows nothing of what was answered.
import { describeDuration } from '../inspect/words.js';
import { findAtEndpoint, type EndpointFinding } from './endpoint-findings.js';
import { MOST_CHARACTERS, TIMEOUT_MS, type Answer, type Attempt } from './fetch-token.js';

export interface Verdict {
  readonly findings: readonly EndpointFinding[];
  /** What the library would take for the token. Absent: it would not look for one. */
  readonly token: { readonly value: unknown } | undefined;
}

// The messenger's own limit, when it asks for a token.
const SLOW_MS = 4000;
// A smaller difference does no harm, and comes from the way of the answer, too.
const SKEW_MS = 60_000;

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens at this address.',
  ENOTFOUND: "The host's name is not known.",
  EAI_AGAIN: "The host's name could not be looked up.",
  ECONNRESET: 'The connection was closed before the whole answer came.',
  UND_ERR_SOCKET: 'The connection was closed before the whole answer came.',
  Z_DATA_ERROR: 'The answer is not encoded as its content-encoding says.',
  ERR_SSL_WRONG_VERSION_NUMBER: 'The port does not speak https.',
  ERR_TLS_CERT_ALTNAME_INVALID: "The server's certificate is for another name.",
};
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;

export interface Circumstances {
  readonly url: URL;
  /** Whether headers of the caller's were sent, such as a visitor's cookie. */
  readonly hasHeaders: boolean;
}

export function judgeAttempt(attempt: Attempt, circumstances: Circumstances): Verdict {
  const { url } = circumstances;
  const around = isOpenToReaders(url)
    ? [findAtEndpoint('endpoint_not_https', 'The address begins with http://: the token can be read on its way.')]
    : [];
  if (attempt.kind === 'timeout') {
    const message = `No whole answer came within ${TIMEOUT_MS / 1000} seconds, after which the library gives up.`;
    return { findings: [findAtEndpoint('endpoint_timeout', message), ...around], token: undefined };
  }
  if (attempt.kind === 'unreachable') {
    const isUntrusted = CERTIFICATE.test(attempt.reason) && !Object.hasOwn(FAILURES, attempt.reason);
    const finding = findAtEndpoint('endpoint_unreachable', describeFailure(attempt.reason), {
      remedy: isUntrusted ? 'Name a development certificate of your own in NODE_EXTRA_CA_CERTS.' : undefined,
    });
    return { findings: [finding, ...around], token: undefined };
  }
  around.push(...judgeTime(attempt));
  const { status, body, headers } = attempt;
  const failed = (...findings: EndpointFinding[]) => ({ findings: [...findings, ...around], token: undefined });
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  if (location !== null) return failed(judgeRedirect(url, location));
  if (status === 401 || status === 403) return failed(findNobody(`The answer was ${status}`, circumstances));
  if (status < 200 || status > 299) return failed(judgeStatus(status));
  if (body === undefined)
    return failed(findAtEndpoint('endpoint_too_long', `The answer has more than ${MOST_CHARACTERS} characters.`));

  const token = readToken(body);
  if (token === null) return failed(findNobody('The token in the answer is null', circumstances));
  const instead = judgeInstead(body.trim(), token);
  if (instead) return failed(instead);
  return { findings: [...around, ...judgeHeaders(attempt, body.trim())], token: { value: token } };
}

/** The body as browser/token-endpoint.ts reads it. */
function readToken(body: string): unknown {
  const text = body.trim();
  if (!text.startsWith('{')) return text;
  try {
    const { token, jwt } = JSON.parse(text) as { token?: unknown; jwt?: unknown };
    return token === undefined ? jwt : token;
  } catch {
    return text;
  }
}

/** What came instead of a token, where there is none to look into. */
function judgeInstead(text: string, token: unknown): EndpointFinding | undefined {
  if (text.startsWith('<')) return findAtEndpoint('endpoint_html', 'A web page came instead of the token.');
  if (text === '') return findAtEndpoint('endpoint_null', 'The answer is empty.');
  if (/^["']?(?:null|undefined|none|nil|nan|false)["']?$/i.test(text)) {
    return findAtEndpoint('endpoint_null', 'The answer is a word, such as null or undefined, that stands for nothing.');
  }
  if (!text.startsWith('{')) return undefined;
  // What begins as JSON and is none is handed on as it is.
  if (token === text) return findAtEndpoint('endpoint_no_token', 'The answer begins as JSON does, but is none.');
  if (token !== undefined) return undefined;
  const isElsewhere = /"\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*"/.test(text);
  const where = isElsewhere ? ': it stands there under another name, or deeper' : '';
  return findAtEndpoint('endpoint_no_token', `The answer is JSON without a member token or jwt${where}.`);
}

function findNobody(said: string, { hasHeaders }: Circumstances): EndpointFinding {
  const remedy =
    'The session in the header file may be over, or a check against forged requests (CSRF) may have refused it: the library sends no CSRF token.';
  return findAtEndpoint('endpoint_nobody', `${said}: nobody is signed in. That is right where nobody is.`, {
    remedy: hasHeaders ? remedy : undefined,
  });
}

const BODY = 'Let the endpoint take a POST without a body: the library sends none.';
const FORGED =
  'Take the check against forged requests (CSRF) off this endpoint, or fetch the token yourself with getToken.';

const STATUS_REMEDIES: Readonly<Record<number, string>> = {
  400: BODY,
  404: 'Check the address, and that it takes a POST.',
  405: 'Let the endpoint take a POST: the library asks so.',
  411: BODY,
  415: BODY,
  // Laravel's and Rails's; others say 403.
  419: FORGED,
  422: FORGED,
  429: 'Ask again later. The library does so by itself, after Retry-After.',
};

function judgeStatus(status: number): EndpointFinding {
  const method = status === 405 ? ': it takes no POST' : '';
  return findAtEndpoint('endpoint_status', `The answer was ${status}${method}.`, { remedy: STATUS_REMEDIES[status] });
}

function judgeRedirect(url: URL, location: string): EndpointFinding {
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  const redirect = (where: string, remedy?: string) =>
    findAtEndpoint('endpoint_redirect', `The POST was redirected ${where}.`, { remedy });
  if (target?.host === url.host && target.protocol !== url.protocol) {
    return redirect('to https', 'Use the https address as tokenUrl.');
  }
  if (target?.href === url.href) return redirect('to itself');
  if (
    target?.origin === url.origin &&
    target.search === url.search &&
    dropSlash(target.pathname) === dropSlash(url.pathname)
  ) {
    return redirect('to the same address in another spelling', 'Use that spelling, such as a slash at the end.');
  }
  if (target && SIGN_IN.test(target.host + target.pathname)) {
    return redirect('to what looks like a sign-in page');
  }
  return redirect(target && target.origin !== url.origin ? 'to another site' : 'to another page');
}

const SIGN_IN =
  /(?<![a-z])(?:(?:log|sign)[-_]?(?:in|on)|o?auth(?:\d|enticate|entication|ori[sz]e)?|sso|sessions?)(?![a-z])/i;

const dropSlash = (path: string) => path.replace(/\/$/, '');

function describeFailure(reason: string): string {
  if (Object.hasOwn(FAILURES, reason)) return FAILURES[reason]!;
  if (reason.startsWith('HPE_')) return 'What answered there does not speak HTTP.';
  if (CERTIFICATE.test(reason)) return 'The certificate of the server is not trusted here.';
  return `There was no connection${/^[A-Z_]+$/.test(reason) ? ` (${reason})` : ''}.`;
}

function isOpenToReaders({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

function judgeTime({ headers, receivedAtMs, tookMs }: Answer): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (tookMs > SLOW_MS) {
    const took = `The answer took ${(tookMs / 1000).toFixed(1)} seconds`;
    findings.push(findAtEndpoint('endpoint_slow', `${took}; the messenger, when it asks, waits 4.`));
  }
  // As the library reads it: a cache passes the Date on and adds its own Age. NaN where there is no Date.
  const aheadMs = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000 - receivedAtMs;
  if (Math.abs(aheadMs) > SKEW_MS) {
    const where = aheadMs > 0 ? 'ahead of' : 'behind';
    const message = `The server's clock is ${describeDuration(Math.abs(aheadMs))} ${where} this computer's, by which the times are judged here.`;
    findings.push(findAtEndpoint('endpoint_clock', message));
  }
  return findings;
}

/** What matters only where there is a token in the answer. */
function judgeHeaders({ headers }: Answer, text: string): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (Number(headers.get('age')) > 0) {
    findings.push(findAtEndpoint('endpoint_cached', 'The answer comes from a cache (Age): so does the token.'));
  }
  if (!/\bno-store\b/i.test(headers.get('cache-control') ?? '')) {
    findings.push(findAtEndpoint('endpoint_cacheable', 'The answer does not say that no cache may keep it.'));
  }
  const type = headers.get('content-type') ?? '';
  const isJson = /^[{["]/.test(text);
  const isSentAsJson = /^[^;]*[/+]json\b/i.test(type);
  if (isJson !== isSentAsJson && (isJson || type !== '')) {
    const message = isJson ? 'The answer is JSON, but is sent as something else.' : 'A bare token is sent as JSON.';
    findings.push(findAtEndpoint('endpoint_content_type', message));
  } else if (/^text\/html\b/i.test(type)) {
    findings.push(findAtEndpoint('endpoint_content_type', 'The token is sent as a web page (text/html).'));
  }
  if (!headers.has('date')) {
    findings.push(findAtEndpoint('endpoint_no_date', 'The answer has no Date header.'));
  }
  return findings;
}

/** Whether a page of another site may read the answer to a request of its own. */
export function judgeOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  // "null" is the Origin of a sandboxed frame, which any site can have.
  if (allowed !== origin && allowed !== '*' && allowed !== 'null') return [];
  const isWithCookies = allowed !== '*' && headers.get('access-control-allow-credentials')?.trim() === 'true';
  const message = isWithCookies
    ? "Any site may read the token of a visitor, with the visitor's cookies: it could be that visitor at Zendesk."
    : 'Any site may read the answer, though without cookies.';
  return [findAtEndpoint('endpoint_open_to_others', message, isWithCookies ? {} : { severity: 'warning' })];
}

/** Whether the page that asks, at another origin than the endpoint's, may read the answer. */
export function judgeOwnOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  if (allowed === origin || allowed === '*') return [];
  const message = 'A page at the Origin in the header file may not read the answer: there is no CORS header for it.';
  return [findAtEndpoint('endpoint_closed_to_origin', message)];
}

/** @param second - what was answered to the same request, in a later second */
export function judgeRepetition(first: Verdict, second: Verdict): EndpointFinding[] {
  if (!second.token) {
    const isNew = ({ code }: EndpointFinding) => !first.findings.some((finding) => finding.code === code);
    return second.findings
      .filter(isNew)
      .map((finding) => ({ ...finding, message: `At the second request: ${finding.message}` }));
  }
  // Two words that stand for nothing are no token that came twice.
  const token = first.token?.value;
  if (typeof token !== 'string' || !/^[^.]+\.[^.]+\.[^.]+$/.test(token) || token !== second.token.value) return [];
  return [findAtEndpoint('endpoint_same_token', 'Two requests, in different seconds, were answered with one token.')];
}
