// What real token endpoints answer, what the library must do with it, and what the command must find in it. Two tests read
// this table: one for the library, one for the command. `fill-in.ts` describes the placeholders, such as `@good@`.
import type { MessengerErrorCode } from '../../src/core/error-codes.js';

export interface EndpointAnswer {
  /** The kind of answer, and who gives it. */
  readonly name: string;
  /** Default: 200 */
  readonly status?: number;
  /** In addition to `cache-control: no-store`, which a row can replace. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
  readonly library: LibraryOutcome;
  /** The findings of the command, each as `severity code`, in any order. */
  readonly findings: readonly string[];
  readonly exitCode: 0 | 1;
}

/**
 * - `signed in`: the bare token is handed to Zendesk, and nothing is written to the console
 * - `surrounded`: the same, and the console has one warning with this word
 * - `nobody`: nobody is signed in
 * - an error code: nothing is handed to Zendesk
 */
export type LibraryOutcome = 'signed in' | 'surrounded' | 'nobody' | MessengerErrorCode;

const TEXT = { 'content-type': 'text/plain; charset=utf-8' };
const HTML = { 'content-type': 'text/html; charset=UTF-8' };
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const XML = { 'content-type': 'application/xml; charset=utf-8' };

const SIGN_IN_PAGE =
  '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><form action="/login" method="post">…</form></body></html>';

/** The documented answers, and what differs from them without any harm. */
const DOCUMENTED: readonly EndpointAnswer[] = [
  { name: 'text/plain', headers: TEXT, body: '@good@', library: 'signed in', findings: [], exitCode: 0 },
  {
    name: 'application/jwt (RFC 7519)',
    headers: { 'content-type': 'application/jwt' },
    body: '@good@',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  { name: 'text without a content-type (Node)', body: '@good@', library: 'signed in', findings: [], exitCode: 0 },
  {
    name: 'a line break at the end (echo)',
    headers: TEXT,
    body: '@good@\n',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  { name: 'a byte order mark', headers: TEXT, body: '\ufeff@good@', library: 'signed in', findings: [], exitCode: 0 },
  {
    name: 'text as text/html (Express, res.send(jwt))',
    headers: HTML,
    body: '@good@',
    library: 'signed in',
    findings: ['warning endpoint_content_type'],
    exitCode: 0,
  },
  {
    name: '{ token } (Express, res.json)',
    headers: JSON_TYPE,
    body: '{"token":"@good@"}',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  { name: '{ jwt }', headers: JSON_TYPE, body: '{"jwt":"@good@"}', library: 'signed in', findings: [], exitCode: 0 },
  {
    name: '{ token } beside other members',
    status: 201,
    headers: JSON_TYPE,
    body: '{"user":{"id":7,"name":"Robin"},"token":"@good@","expires_in":900}',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  {
    name: 'indented JSON',
    headers: JSON_TYPE,
    body: '\r\n{\r\n    "token": "@good@"\r\n}\r\n',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  {
    name: '{ token } as text/html (PHP, json_encode)',
    headers: HTML,
    body: '{"token":"@good@"}',
    library: 'signed in',
    findings: ['warning endpoint_content_type'],
    exitCode: 0,
  },
  {
    name: 'a JSON string (FastAPI, ASP.NET)',
    headers: JSON_TYPE,
    body: '"@good@"',
    library: 'signed in',
    findings: [],
    exitCode: 0,
  },
  {
    name: 'a token that a cache may keep (PHP)',
    headers: { ...TEXT, 'cache-control': 'no-cache, private' },
    body: '@good@',
    library: 'signed in',
    findings: ['warning endpoint_cacheable'],
    exitCode: 0,
  },
  {
    name: 'a payload in Latin-1 (btoa(JSON.stringify(…)))',
    headers: TEXT,
    body: '@latin1@',
    library: 'signed in',
    findings: ['warning payload_not_utf8'],
    exitCode: 0,
  },
];

/** A messaging token somewhere in valid JSON. */
const OTHER_SHAPES: readonly EndpointAnswer[] = (
  [
    ['{ data: { token } } (Laravel resource)', '{"data":{"token":"@good@"}}'],
    ['{ access_token }', '{"access_token":"@good@","token_type":"Bearer","expires_in":900}'],
    ['{ idToken }, a messaging token', '{"idToken":"@good@"}'],
    ['{ zendesk_jwt }', '{"zendesk_jwt":"@good@"}'],
    ['{ Token } (.NET)', '{"Token":"@good@"}'],
    ['{ success, data } (WordPress, wp_send_json_success)', '{"success":true,"data":"@good@"}'],
    ['{ d } (ASP.NET page method)', '{"d":"@good@"}'],
    ['JSON in { d } (ASP.NET page method)', '{"d":"{\\"token\\":\\"@good@\\"}"}'],
    ['JSON in JSON (AWS Lambda)', '{"statusCode":200,"headers":{},"body":"{\\"token\\":\\"@good@\\"}"}'],
    ['JSON in a JSON string (encoded twice)', '"{\\"token\\":\\"@good@\\"}"'],
    ['GraphQL', '{"data":{"zendeskToken":{"jwt":"@good@","__typename":"ZendeskToken"}}}'],
    ['JSON:API', '{"data":{"type":"tokens","id":"1","attributes":{"token":"@good@"}}}'],
    ['{ token: { value } }', '{"token":{"value":"@good@","type":"bearer"}}'],
    ['a list', '["@good@"]'],
    ['a list of objects', '[{"token":"@good@"}]'],
    [
      'the tokens of another system beside it',
      '{"access_token":"@access@","refresh_token":"@refresh@","zendesk":"@good@"}',
    ],
    ["another system's token in token, and a messaging token", '{"token":"@access@","zendesk":{"token":"@good@"}}'],
  ] as const
).map(([name, body]) => ({
  name,
  headers: JSON_TYPE,
  body,
  library: 'signed in',
  findings: ['warning endpoint_shape'],
  exitCode: 0,
}));

/** A messaging token in a text with something around it. */
const SURROUNDED: readonly EndpointAnswer[] = (
  [
    ['Bearer', TEXT, 'Bearer @good@'],
    ['Bearer in { token }', JSON_TYPE, '{"token":"Bearer @good@"}'],
    ['the prefix JWT (Django REST)', TEXT, 'JWT @good@'],
    ['the 0 of WordPress behind the token (admin-ajax without wp_die)', TEXT, '@good@0'],
    ['the 0 of WordPress behind JSON', JSON_TYPE, '{"success":true,"data":"@good@"}0'],
    ["the prefix )]}' (Angular, Spring)", JSON_TYPE, ')]}\',\n{"token":"@good@"}'],
    ['while(1);', JSON_TYPE, 'while(1);{"token":"@good@"}'],
    ['JSONP', { 'content-type': 'application/javascript' }, '/**/callback({"token":"@good@"});'],
    ['XML (WCF)', XML, '<string xmlns="http://schemas.microsoft.com/2003/10/Serialization/">@good@</string>'],
    [
      'SOAP',
      XML,
      '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><TokenResult>@good@</TokenResult></soap:Body></soap:Envelope>',
    ],
    ['form data', { 'content-type': 'application/x-www-form-urlencoded' }, 'jwt=@good@&expires_in=900'],
    ['a sign-on URL', TEXT, 'https://acme.zendesk.com/access/jwt?jwt=@good@&return_to=%2Fhc'],
    ['single quotes', TEXT, "'@good@'"],
    ['Python bytes', TEXT, "b'@good@'"],
    ["Python's dict", TEXT, "{'token': '@good@'}"],
    ['HTML entities', TEXT, '&quot;@good@&quot;'],
    ['a semicolon behind it', TEXT, '@good@;'],
    ['a comma too many in the JSON', JSON_TYPE, '{"token":"@good@",}'],
    ['a server-sent event', { 'content-type': 'text/event-stream' }, 'data: {"token":"@good@"}\n\n'],
    ['a comment behind JSON (debug toolbar)', JSON_TYPE, '{"token":"@good@"}\n<!-- 12 queries in 0.03 s -->'],
    ['a comment right behind JSON (page cache)', JSON_TYPE, '{"token":"@good@"}<!-- cached -->'],
    [
      'a PHP warning as HTML behind JSON',
      JSON_TYPE,
      '{"token":"@good@"}<br />\n<b>Warning</b>:  Undefined array key "uid" in <b>/srv/token.php</b> on line <b>7</b><br />',
    ],
    [
      'a PHP warning as text before JSON',
      JSON_TYPE,
      'PHP Warning:  Undefined array key "uid" in /srv/token.php on line 7\n{"token":"@good@"}',
    ],
  ] as const
).map(([name, headers, body]) => ({
  name,
  headers,
  body,
  library: 'surrounded',
  findings: ['warning endpoint_surrounded'],
  exitCode: 0,
}));

const SURROUNDED_AS_HTML: readonly EndpointAnswer[] = (
  [
    [
      'a PHP warning as HTML before JSON',
      '<br />\n<b>Warning</b>:  Undefined array key "uid" in <b>/srv/token.php</b> on line <b>7</b><br />\n{"token":"@good@"}',
    ],
    [
      'a web page with a messaging token',
      '<!DOCTYPE html><html><body><div id="zendesk-token">@good@</div></body></html>',
    ],
    [
      'a web page with a messaging token and one of another system',
      '<!DOCTYPE html><html><body><script>const idToken = "@oidc@", zendesk = "@good@";</script></body></html>',
    ],
  ] as const
).map(([name, body]) => ({
  name,
  headers: HTML,
  body,
  library: 'surrounded',
  findings: ['warning endpoint_surrounded'],
  exitCode: 0,
}));

const NOBODY: readonly EndpointAnswer[] = [
  {
    name: 'null as JSON (Express, res.json(null))',
    headers: JSON_TYPE,
    body: 'null',
    library: 'nobody',
    findings: ['info endpoint_nobody'],
    exitCode: 0,
  },
  { name: '204', status: 204, body: '', library: 'nobody', findings: ['info endpoint_nobody'], exitCode: 0 },
  {
    name: '{ token: null }',
    headers: JSON_TYPE,
    body: '{"token":null}',
    library: 'nobody',
    findings: ['info endpoint_nobody'],
    exitCode: 0,
  },
  {
    name: '{ jwt: null }',
    headers: JSON_TYPE,
    body: '{"jwt":null,"user":null}',
    library: 'nobody',
    findings: ['info endpoint_nobody'],
    exitCode: 0,
  },
  { name: '401', status: 401, body: '', library: 'nobody', findings: ['info endpoint_nobody'], exitCode: 0 },
  {
    name: '401 with a message (Laravel)',
    status: 401,
    headers: JSON_TYPE,
    body: '{"message":"Unauthenticated."}',
    library: 'nobody',
    findings: ['info endpoint_nobody'],
    exitCode: 0,
  },
  {
    name: '401 with a sign-in page',
    status: 401,
    headers: HTML,
    body: SIGN_IN_PAGE,
    library: 'nobody',
    findings: ['info endpoint_nobody'],
    exitCode: 0,
  },
  {
    name: '401 with www-authenticate (Spring, Bearer)',
    status: 401,
    headers: { 'www-authenticate': 'Bearer realm="shop"' },
    body: '',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 with www-authenticate (staging server, Basic)',
    status: 401,
    headers: { ...HTML, 'www-authenticate': 'Basic realm="Staging"' },
    body: '<html><head><title>401 Authorization Required</title></head></html>',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 with www-authenticate and an error, although nothing was sent (ASP.NET, Bearer)',
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    body: '',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 that misses a session',
    status: 401,
    headers: JSON_TYPE,
    body: '{"error":"session id missing"}',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 that misses a parameter',
    status: 401,
    headers: JSON_TYPE,
    body: '{"error":"missing parameter user_id"}',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 that misses a header (Express middleware)',
    status: 401,
    headers: JSON_TYPE,
    body: '{"error":"missing authorization header"}',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
  {
    name: '401 that misses a token (express-jwt)',
    status: 401,
    headers: HTML,
    body: '<pre>UnauthorizedError: No authorization token was found</pre>',
    library: 'nobody',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  },
];

/** The endpoint refuses the request, and will refuse the next one, too. */
const REJECTED: readonly EndpointAnswer[] = [
  ...(
    [
      ['403', 403, TEXT, ''],
      [
        '403 (Spring, CSRF)',
        403,
        JSON_TYPE,
        '{"timestamp":"2026-11-23T02:13:20.000+00:00","status":403,"error":"Forbidden","path":"/zendesk-token"}',
      ],
      [
        '403 of a firewall (Cloudflare)',
        403,
        { ...HTML, server: 'cloudflare' },
        '<!DOCTYPE html><title>Attention Required! | Cloudflare</title><h1>Sorry, you have been blocked</h1>',
      ],
      ['403 without a permission (Laravel)', 403, JSON_TYPE, '{"message":"This action is unauthorized."}'],
      ['419 (Laravel, CSRF)', 419, JSON_TYPE, '{"message":"CSRF token mismatch."}'],
      [
        '422 (Rails, CSRF)',
        422,
        HTML,
        '<!DOCTYPE html><html><head><title>The change you wanted was rejected (422)</title></head></html>',
      ],
      [
        '404 (Express, a misspelt path)',
        404,
        HTML,
        '<!DOCTYPE html>\n<html lang="en"><body><pre>Cannot POST /zendesk-tokne</pre></body></html>',
      ],
      [
        '404 (WordPress REST API)',
        404,
        JSON_TYPE,
        '{"code":"rest_no_route","message":"No route was found matching the URL and request method.","data":{"status":404}}',
      ],
      [
        '405 (a route for GET only)',
        405,
        { ...JSON_TYPE, allow: 'GET, HEAD' },
        '{"detail":"Method \\"POST\\" not allowed."}',
      ],
      ['405 (nginx, a static file)', 405, HTML, '<html><head><title>405 Not Allowed</title></head></html>'],
      ['400 (a body is required)', 400, JSON_TYPE, '{"error":"Bad Request"}'],
      ['411 (IIS)', 411, HTML, '<h2>Length Required</h2>'],
      ['415 (ASP.NET)', 415, JSON_TYPE, '{"title":"Unsupported Media Type","status":415}'],
      ['410', 410, TEXT, ''],
    ] as const
  ).map(([name, status, headers, body]): EndpointAnswer => ({
    name,
    status,
    headers,
    body,
    library: 'token_rejected',
    findings: ['error endpoint_status'],
    exitCode: 1,
  })),
  ...(
    [
      [
        '403 that misses the CSRF cookie (Django)',
        HTML,
        '<!DOCTYPE html><html><body><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p><p>Reason given for failure: CSRF cookie not set.</p></body></html>',
      ],
      ['403 that misses the CSRF token (Django REST)', JSON_TYPE, '{"detail":"CSRF Failed: CSRF token missing."}'],
      [
        '403 that misses credentials (Django REST)',
        JSON_TYPE,
        '{"detail":"Authentication credentials were not provided."}',
      ],
      ['403 that misses a token (AWS API Gateway)', JSON_TYPE, '{"message":"Missing Authentication Token"}'],
      ['403 that misses a nonce', JSON_TYPE, '{"message":"missing nonce"}'],
      [
        '403 for a missing nonce (WordPress REST API)',
        JSON_TYPE,
        '{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed","data":{"status":403}}',
      ],
      ['403 that misses a signature', TEXT, 'missing signature'],
    ] as const
  ).map(([name, headers, body]): EndpointAnswer => ({
    name,
    status: 403,
    headers,
    body,
    library: 'token_rejected',
    findings: ['warning endpoint_wants_more'],
    exitCode: 0,
  })),
];

/** The endpoint has failed. The library tries again. */
const FAILED: readonly EndpointAnswer[] = (
  [
    ['500 with a page', 500, HTML, '<!DOCTYPE html><html><head><title>Server Error</title></head></html>'],
    ['500 with JSON', 500, JSON_TYPE, '{"error":"Internal Server Error"}'],
    ['500 with a token in a stack trace', 500, TEXT, 'Error: cannot store @good@\n    at sign (/srv/token.js:7:3)'],
    ['502 (nginx)', 502, HTML, '<html><head><title>502 Bad Gateway</title></head></html>'],
    ['503 with Retry-After', 503, { ...HTML, 'retry-after': '120' }, '<h1>Service Unavailable</h1>'],
    ['504', 504, TEXT, ''],
    ['429 with Retry-After', 429, { ...JSON_TYPE, 'retry-after': '30' }, '{"message":"Too Many Attempts."}'],
    ['501 (Python, http.server)', 501, HTML, "<p>Message: Unsupported method ('POST').</p>"],
  ] as const
).map(([name, status, headers, body]) => ({
  name,
  status,
  headers,
  body,
  library: 'token_failed',
  findings: ['error endpoint_status'],
  exitCode: 1,
}));

/** An answer with the status 200 that has no token that can be handed to Zendesk. */
const WITHOUT_TOKEN: readonly EndpointAnswer[] = [
  {
    name: 'an empty 200',
    headers: HTML,
    body: '',
    library: 'token_malformed',
    findings: ['error endpoint_null'],
    exitCode: 1,
  },
  {
    name: 'the word undefined',
    headers: HTML,
    body: 'undefined',
    library: 'token_malformed',
    findings: ['error endpoint_null'],
    exitCode: 1,
  },
  {
    name: '{ message, data } without a token',
    headers: JSON_TYPE,
    body: '{"message":"OK","data":[]}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'an error with the status 200',
    headers: JSON_TYPE,
    body: '{"success":false,"error":"Not logged in"}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'a sign-in page',
    headers: HTML,
    body: SIGN_IN_PAGE,
    library: 'token_malformed',
    findings: ['error endpoint_html'],
    exitCode: 1,
  },
  {
    name: 'a PHP warning as HTML before JSON without a token',
    headers: HTML,
    body: '<br />\n<b>Warning</b>:  Undefined array key "uid" in <b>/srv/token.php</b> on line <b>7</b><br />\n{"token":null}',
    library: 'token_malformed',
    findings: ['error endpoint_html'],
    exitCode: 1,
  },
  {
    name: 'a PHP warning as HTML before JSON with a token without scope',
    headers: HTML,
    body: '<br />\n<b>Warning</b>:  Undefined array key "uid" in <b>/srv/token.php</b> on line <b>7</b><br />\n{"token":"@without-scope@"}',
    library: 'token_malformed',
    findings: ['error endpoint_html', 'error scope_missing'],
    exitCode: 1,
  },
  {
    name: 'a PHP warning as HTML behind JSON without a token',
    headers: JSON_TYPE,
    body: '{"message":"OK"}<br />\n<b>Warning</b>:  Undefined array key "uid" in <b>/srv/token.php</b> on line <b>7</b><br />',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'a fatal error of PHP with the status 200',
    headers: HTML,
    body: '<br />\n<b>Fatal error</b>:  Uncaught Error: Class "JWT" not found in /srv/token.php:7\nStack trace:\n#0 {main}\n  thrown in <b>/srv/token.php</b> on line <b>7</b><br />',
    library: 'token_malformed',
    findings: ['error endpoint_html'],
    exitCode: 1,
  },
  {
    name: 'a redirect to a sign-in page',
    status: 302,
    headers: { ...HTML, location: '/login' },
    body: SIGN_IN_PAGE,
    library: 'token_malformed',
    findings: ['error endpoint_redirect'],
    exitCode: 1,
  },
  {
    name: 'a web page with an OpenID Connect token',
    headers: HTML,
    body: '<!DOCTYPE html><html><body><script>window.__AUTH__ = {"idToken":"@oidc@"};</script></body></html>',
    library: 'token_malformed',
    findings: ['error endpoint_html'],
    exitCode: 1,
  },
  {
    name: 'an OpenID Connect token in access_token',
    headers: JSON_TYPE,
    body: '{"access_token":"@oidc@","token_type":"Bearer"}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'only tokens of another system',
    headers: JSON_TYPE,
    body: '{"access_token":"@access@","refresh_token":"@refresh@","id_token":"@oidc@"}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'a token without scope in another member',
    headers: JSON_TYPE,
    body: '{"zendesk":"@without-scope@"}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token', 'error scope_missing'],
    exitCode: 1,
  },
  {
    name: 'Bearer with a token of another system',
    headers: TEXT,
    body: 'Bearer @access@',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
  {
    name: 'the messaging tokens of two users',
    headers: JSON_TYPE,
    body: '{"users":[{"token":"@good@"},{"token":"@other-user@"}]}',
    library: 'token_malformed',
    findings: ['error endpoint_no_token'],
    exitCode: 1,
  },
];

/** A token that Zendesk would refuse. */
const BAD_TOKENS: readonly EndpointAnswer[] = [
  {
    name: 'an expired token',
    headers: TEXT,
    body: '@expired@',
    library: 'token_expired',
    findings: ['error expired'],
    exitCode: 1,
  },
  {
    name: 'exp in milliseconds (JavaScript)',
    headers: JSON_TYPE,
    body: '{"token":"@milliseconds@"}',
    library: 'exp_invalid',
    findings: ['error exp_milliseconds'],
    exitCode: 1,
  },
  {
    name: 'external_id as a number',
    headers: JSON_TYPE,
    body: '{"jwt":"@numeric-id@"}',
    library: 'external_id_not_string',
    findings: ['error external_id_not_string'],
    exitCode: 1,
  },
  {
    name: 'an empty token',
    headers: JSON_TYPE,
    body: '{"token":""}',
    library: 'token_malformed',
    findings: ['error empty'],
    exitCode: 1,
  },
  {
    name: 'the word undefined in { token }',
    headers: JSON_TYPE,
    body: '{"token":"undefined"}',
    library: 'token_malformed',
    findings: ['error literal_undefined'],
    exitCode: 1,
  },
  {
    name: 'a token without its signature',
    headers: TEXT,
    body: '@without-signature@',
    library: 'token_malformed',
    findings: ['error not_three_parts'],
    exitCode: 1,
  },
  {
    name: 'an OpenID Connect token in { token }',
    headers: JSON_TYPE,
    body: '{"token":"@oidc@"}',
    library: 'external_id_missing',
    findings: ['error alg_not_hs256', 'error kid_missing', 'error external_id_missing', 'error scope_missing'],
    exitCode: 1,
  },
];

export const ANSWERS: readonly EndpointAnswer[] = [
  ...DOCUMENTED,
  ...OTHER_SHAPES,
  ...SURROUNDED,
  ...SURROUNDED_AS_HTML,
  ...NOBODY,
  ...REJECTED,
  ...FAILED,
  ...WITHOUT_TOKEN,
  ...BAD_TOKENS,
];
