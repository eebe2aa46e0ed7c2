// Checks an endpoint's response in the same way as the library. Pure functions. The findings show nothing of the
// response's content.
import { describeDuration } from '../inspect/words.js';
import { createEndpointFinding, type EndpointFinding } from './endpoint-findings.js';
import { MAX_CHARACTERS, TIMEOUT_MS, type TokenResponse, type RequestResult } from './fetch-token.js';

export interface ResponseCheck {
  readonly findings: readonly EndpointFinding[];
  /** What the library would use as the token. Absent if the response has no token. */
  readonly token: { readonly value: unknown } | undefined;
}

// How long the messenger waits when it asks for a token.
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

export interface RequestContext {
  readonly url: URL;
  /** Whether the caller's headers were sent, such as a visitor's cookie. */
  readonly hasHeaders: boolean;
}

/** Checks the result of one request. */
export function checkResult(result: RequestResult, context: RequestContext): ResponseCheck {
  const { url } = context;
  const general = isOpenToReaders(url)
    ? [
        createEndpointFinding(
          'endpoint_not_https',
          'The URL begins with http://, so the token can be read on the network.',
        ),
      ]
    : [];
  if (result.kind === 'timeout') {
    const message = `No complete answer arrived within ${TIMEOUT_MS / 1000} seconds. The library gives up after that.`;
    return { findings: [createEndpointFinding('endpoint_timeout', message), ...general], token: undefined };
  }
  if (result.kind === 'unreachable') {
    const isUntrustedCertificate = CERTIFICATE.test(result.reason) && !Object.hasOwn(FAILURES, result.reason);
    const finding = createEndpointFinding('endpoint_unreachable', describeFailure(result.reason), {
      remedy: isUntrustedCertificate
        ? 'If this is your own development certificate, set NODE_EXTRA_CA_CERTS to its file.'
        : undefined,
    });
    return { findings: [finding, ...general], token: undefined };
  }
  general.push(...checkTime(result));
  const { status, body, headers } = result;
  const failed = (...findings: EndpointFinding[]) => ({ findings: [...findings, ...general], token: undefined });
  const location = status >= 300 && status < 400 ? headers.get('location') : null;
  if (location !== null) return failed(createRedirectFinding(url, location));
  if (status === 401 || status === 403) return failed(createNobodyFinding(`The answer was ${status}`, context));
  if (status < 200 || status > 299) return failed(createStatusFinding(status));
  if (body === undefined)
    return failed(createEndpointFinding('endpoint_too_long', `The answer has more than ${MAX_CHARACTERS} characters.`));

  const token = readToken(body);
  if (token === null) return failed(createNobodyFinding('The token in the answer is null', context));
  const nonToken = findNonToken(body.trim(), token);
  if (nonToken) return failed(nonToken);
  return { findings: [...general, ...checkHeaders(result, body.trim())], token: { value: token } };
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

/** Returns a finding if the response contains something else instead of a token. */
function findNonToken(text: string, token: unknown): EndpointFinding | undefined {
  if (text.startsWith('<'))
    return createEndpointFinding('endpoint_html', 'The answer is a web page instead of a token.');
  if (text === '') return createEndpointFinding('endpoint_null', 'The answer is empty.');
  if (/^["']?(?:null|undefined|none|nil|nan|false)["']?$/i.test(text)) {
    return createEndpointFinding(
      'endpoint_null',
      'The answer is a word such as null or undefined, because a value was missing.',
    );
  }
  if (!text.startsWith('{')) return undefined;
  // The text starts like JSON but is not valid JSON, so `readToken` returned it unchanged.
  if (token === text)
    return createEndpointFinding('endpoint_no_token', 'The answer starts like JSON, but is not valid JSON.');
  if (token !== undefined) return undefined;
  const isElsewhere = /"\s*eyJ[\w-]+\.[\w-]+\.[\w-]*\s*"/.test(text);
  const where = isElsewhere ? '. It has a token under another name or at a deeper level' : '';
  return createEndpointFinding('endpoint_no_token', `The answer is JSON without a token or jwt property${where}.`);
}

function createNobodyFinding(said: string, { hasHeaders }: RequestContext): EndpointFinding {
  const remedy =
    'The session in the header file may have expired, or CSRF protection may have rejected the request. The library sends no CSRF token.';
  return createEndpointFinding(
    'endpoint_nobody',
    `${said}, which means that nobody is signed in. This is correct if nobody is.`,
    {
      remedy: hasHeaders ? remedy : undefined,
    },
  );
}

const BODY_REMEDY = 'Make the endpoint accept a POST without a body. The library sends none.';
const CSRF_REMEDY = 'Turn off CSRF protection for this endpoint, or fetch the token yourself with getToken.';

const STATUS_REMEDIES: Readonly<Record<number, string>> = {
  400: BODY_REMEDY,
  404: 'Check the URL, and check that the endpoint accepts a POST.',
  405: 'Make the endpoint accept a POST. The library sends a POST.',
  411: BODY_REMEDY,
  415: BODY_REMEDY,
  // Laravel and Rails use these; others answer 403.
  419: CSRF_REMEDY,
  422: CSRF_REMEDY,
  429: 'Try again later. The library retries by itself, after Retry-After.',
};

function createStatusFinding(status: number): EndpointFinding {
  const method = status === 405 ? ': the endpoint does not accept a POST' : '';
  return createEndpointFinding('endpoint_status', `The answer was ${status}${method}.`, {
    remedy: STATUS_REMEDIES[status],
  });
}

function createRedirectFinding(url: URL, location: string): EndpointFinding {
  const target = URL.canParse(location, url) ? new URL(location, url) : undefined;
  const redirect = (where: string, remedy?: string) =>
    createEndpointFinding('endpoint_redirect', `The POST was redirected ${where}.`, { remedy });
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

function checkTime({ headers, receivedAtMs, tookMs }: TokenResponse): EndpointFinding[] {
  const findings: EndpointFinding[] = [];
  if (tookMs > SLOW_MS) {
    const took = `The answer took ${(tookMs / 1000).toFixed(1)} seconds`;
    findings.push(createEndpointFinding('endpoint_slow', `${took}. The messenger waits only 4 seconds for a token.`));
  }
  // The same calculation as in the library: a cache forwards the Date and adds its Age. NaN if there is no Date.
  const aheadMs = Date.parse(headers.get('date') ?? '') + Number(headers.get('age')) * 1000 - receivedAtMs;
  if (Math.abs(aheadMs) > SKEW_MS) {
    const where = aheadMs > 0 ? 'ahead of' : 'behind';
    const message = `The server's clock is ${describeDuration(Math.abs(aheadMs))} ${where} this computer's. The token's times were checked against this computer's clock.`;
    findings.push(createEndpointFinding('endpoint_clock', message));
  }
  return findings;
}

/** Checks the headers of a response that contains a token. */
function checkHeaders({ headers }: TokenResponse, text: string): EndpointFinding[] {
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
  const type = headers.get('content-type') ?? '';
  const isJson = /^[{["]/.test(text);
  const isSentAsJson = /^[^;]*[/+]json\b/i.test(type);
  if (isJson !== isSentAsJson && (isJson || type !== '')) {
    const message = isJson
      ? 'The answer is JSON, but its content-type says otherwise.'
      : 'The answer is a plain token, but its content-type says JSON.';
    findings.push(createEndpointFinding('endpoint_content_type', message));
  } else if (/^text\/html\b/i.test(type)) {
    findings.push(
      createEndpointFinding(
        'endpoint_content_type',
        'The answer is a token, but its content-type says web page (text/html).',
      ),
    );
  }
  if (!headers.has('date')) {
    findings.push(createEndpointFinding('endpoint_no_date', 'The answer has no Date header.'));
  }
  return findings;
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
  const message =
    'A page at the Origin in the header file cannot read the answer, because there is no CORS header for that Origin.';
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
  // Ignore texts that are not JWTs, such as the word undefined twice.
  const token = first.token?.value;
  if (typeof token !== 'string' || !/^[^.]+\.[^.]+\.[^.]+$/.test(token) || token !== second.token.value) return [];
  return [createEndpointFinding('endpoint_same_token', 'Two requests in different seconds got the same token.')];
}
