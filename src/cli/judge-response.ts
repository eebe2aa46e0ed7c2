// Judges an endpoint's answer as the library would. Pure functions. The findings show nothing of the answer's content.
import { describeDuration } from '../inspect/words.js';
import { findAtEndpoint, type EndpointFinding } from './endpoint-findings.js';
import { MOST_CHARACTERS, TIMEOUT_MS, type Answer, type Attempt } from './fetch-token.js';

export interface Verdict {
  readonly findings: readonly EndpointFinding[];
  /** What the library would use as the token. Absent if it would not look for one. */
  readonly token: { readonly value: unknown } | undefined;
}

// The messenger's time limit when it asks for a token.
const SLOW_MS = 4000;
// A smaller difference does no harm. It can also come from the response time.
const SKEW_MS = 60_000;

const FAILURES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'No server is listening at this address.',
  ENOTFOUND: 'The host name is unknown.',
  EAI_AGAIN: 'The host name could not be looked up.',
  ECONNRESET: 'The connection was closed before the answer was complete.',
  UND_ERR_SOCKET: 'The connection was closed before the answer was complete.',
  Z_DATA_ERROR: "The answer's encoding does not match its content-encoding header.",
  ERR_SSL_WRONG_VERSION_NUMBER: 'The port does not use https.',
  ERR_TLS_CERT_ALTNAME_INVALID: "The server's certificate is for a different host name.",
};
const CERTIFICATE = /CERT|SIGNATURE|ISSUER/;

export interface Circumstances {
  readonly url: URL;
  /** Whether the caller's headers were sent, such as a visitor's cookie. */
  readonly hasHeaders: boolean;
}

export function judgeAttempt(attempt: Attempt, circumstances: Circumstances): Verdict {
  const { url } = circumstances;
  const around = isOpenToReaders(url)
    ? [findAtEndpoint('endpoint_not_https', 'The URL begins with http://, so the token can be read on the network.')]
    : [];
  if (attempt.kind === 'timeout') {
    const message = `No complete answer arrived within ${TIMEOUT_MS / 1000} seconds. The library gives up after that.`;
    return { findings: [findAtEndpoint('endpoint_timeout', message), ...around], token: undefined };
  }
  if (attempt.kind === 'unreachable') {
    const isUntrusted = CERTIFICATE.test(attempt.reason) && !Object.hasOwn(FAILURES, attempt.reason);
    const finding = findAtEndpoint('endpoint_unreachable', describeFailure(attempt.reason), {
      remedy: isUntrusted
        ? 'If this is your own development certificate, set NODE_EXTRA_CA_CERTS to its file.'
        : undefined,
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

/** Reads the body in the same way as browser/token-endpoint.ts. */
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

/** Returns a finding if the answer contains something else instead of a token. */
function judgeInstead(text: string, token: unknown): EndpointFinding | undefined {
  if (text.startsWith('<')) return findAtEndpoint('endpoint_html', 'The answer is a web page instead of a token.');
  if (text === '') return findAtEndpoint('endpoint_null', 'The answer is empty.');
  if (/^["']?(?:null|undefined|none|nil|nan|false)["']?$/i.test(text)) {
    return findAtEndpoint(
      'endpoint_null',
      'The answer is a word such as null or undefined, because a value was missing.',
    );
  }
  if (!text.startsWith('{')) return undefined;
  // The text starts like JSON but is not valid JSON, so `readToken` returned it unchanged.
  if (token === text) return findAtEndpoint('endpoint_no_token', 'The answer starts like JSON, but is not valid JSON.');
  if (token !== undefined) return undefined;
  const isElsewhere = /"\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*"/.test(text);
  const where = isElsewhere ? '. It has a token under another name or at a deeper level' : '';
  return findAtEndpoint('endpoint_no_token', `The answer is JSON without a token or jwt property${where}.`);
}

function findNobody(said: string, { hasHeaders }: Circumstances): EndpointFinding {
  const remedy =
    'The session in the header file may have expired, or CSRF protection may have rejected the request. The library sends no CSRF token.';
  return findAtEndpoint(
    'endpoint_nobody',
    `${said}, which means that nobody is signed in. This is correct if nobody is.`,
    {
      remedy: hasHeaders ? remedy : undefined,
    },
  );
}

const BODY = 'Make the endpoint accept a POST without a body. The library sends none.';
const FORGED = 'Turn off CSRF protection for this endpoint, or fetch the token yourself with getToken.';

const STATUS_REMEDIES: Readonly<Record<number, string>> = {
  400: BODY,
  404: 'Check the URL, and check that the endpoint accepts a POST.',
  405: 'Make the endpoint accept a POST. The library sends a POST.',
  411: BODY,
  415: BODY,
  // Laravel and Rails use these; others answer 403.
  419: FORGED,
  422: FORGED,
  429: 'Try again later. The library retries by itself, after Retry-After.',
};

function judgeStatus(status: number): EndpointFinding {
  const method = status === 405 ? ': the endpoint does not accept a POST' : '';
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
    return redirect(
      'to another spelling of the same URL',
      'Use the URL it redirects to. Often only the slash at the end differs.',
    );
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
  if (reason.startsWith('HPE_')) return 'The server did not answer with HTTP.';
  if (CERTIFICATE.test(reason)) return "The server's certificate is not trusted on this computer.";
  return `The connection failed${/^[A-Z_]+$/.test(reason) ? ` (${reason})` : ''}.`;
}

function isOpenToReaders({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && !/^(?:localhost|.*\.localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
}

function judgeTime({ headers, receivedAtMs, tookMs }: Answer): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (tookMs > SLOW_MS) {
    const took = `The answer took ${(tookMs / 1000).toFixed(1)} seconds`;
    findings.push(findAtEndpoint('endpoint_slow', `${took}. The messenger waits only 4 seconds for a token.`));
  }
  // The same calculation as in the library: a cache forwards the Date and adds its Age. NaN if there is no Date.
  const aheadMs = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000 - receivedAtMs;
  if (Math.abs(aheadMs) > SKEW_MS) {
    const where = aheadMs > 0 ? 'ahead of' : 'behind';
    const message = `The server's clock is ${describeDuration(Math.abs(aheadMs))} ${where} this computer's. The token's times were checked against this computer's clock.`;
    findings.push(findAtEndpoint('endpoint_clock', message));
  }
  return findings;
}

/** Checks that matter only if the answer contains a token. */
function judgeHeaders({ headers }: Answer, text: string): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (Number(headers.get('age')) > 0) {
    findings.push(
      findAtEndpoint('endpoint_cached', 'The answer and its token come from a cache (it has an Age header).'),
    );
  }
  if (!/\bno-store\b/i.test(headers.get('cache-control') ?? '')) {
    findings.push(
      findAtEndpoint('endpoint_cacheable', 'The answer may be cached, because cache-control has no no-store.'),
    );
  }
  const type = headers.get('content-type') ?? '';
  const isJson = /^[{["]/.test(text);
  const isSentAsJson = /^[^;]*[/+]json\b/i.test(type);
  if (isJson !== isSentAsJson && (isJson || type !== '')) {
    const message = isJson
      ? 'The answer is JSON, but its content-type says otherwise.'
      : 'The answer is a plain token, but its content-type says JSON.';
    findings.push(findAtEndpoint('endpoint_content_type', message));
  } else if (/^text\/html\b/i.test(type)) {
    findings.push(
      findAtEndpoint('endpoint_content_type', 'The answer is a token, but its content-type says web page (text/html).'),
    );
  }
  if (!headers.has('date')) {
    findings.push(findAtEndpoint('endpoint_no_date', 'The answer has no Date header.'));
  }
  return findings;
}

/** Checks whether a page of another site can send the request and read the answer. */
export function judgeOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  // "null" is the Origin of a sandboxed frame, and any site can create one.
  if (allowed !== origin && allowed !== '*' && allowed !== 'null') return [];
  const isWithCookies = allowed !== '*' && headers.get('access-control-allow-credentials')?.trim() === 'true';
  const message = isWithCookies
    ? "Any site can read a visitor's token with the visitor's cookies, and can act as that visitor in Zendesk."
    : 'Any site can read the answer, but only without cookies.';
  return [findAtEndpoint('endpoint_open_to_others', message, isWithCookies ? {} : { severity: 'warning' })];
}

/** Checks whether the site's own page, at another origin than the endpoint, can read the answer. */
export function judgeOwnOrigin(headers: Headers, origin: string): EndpointFinding[] {
  const allowed = headers.get('access-control-allow-origin')?.trim();
  if (allowed === origin || allowed === '*') return [];
  const message =
    'A page at the Origin in the header file cannot read the answer, because there is no CORS header for that Origin.';
  return [findAtEndpoint('endpoint_closed_to_origin', message)];
}

/** @param second - the answer to the same request in a later second */
export function judgeRepetition(first: Verdict, second: Verdict): EndpointFinding[] {
  if (!second.token) {
    const isNew = ({ code }: EndpointFinding) => !first.findings.some((finding) => finding.code === code);
    return second.findings
      .filter(isNew)
      .map((finding) => ({ ...finding, message: `On the second request: ${finding.message}` }));
  }
  // Ignore texts that are not JWTs, such as the word undefined twice.
  const token = first.token?.value;
  if (typeof token !== 'string' || !/^[^.]+\.[^.]+\.[^.]+$/.test(token) || token !== second.token.value) return [];
  return [findAtEndpoint('endpoint_same_token', 'Two requests in different seconds got the same token.')];
}
