import { describe, expect, it } from 'vitest';
import { findMissingPart } from '../../src/endpoint-check/missing-parts.js';

const find = (body: string, headers: Record<string, string> = {}, status = 401, hasAuthorization = false) =>
  findMissingPart({ status, headers: new Headers(headers), body }, hasAuthorization);

describe('what an endpoint misses in a request', () => {
  it.each([
    ['Missing authorization header', 'an Authorization header'],
    ['{"error":"missing_token"}', 'an Authorization header'],
    ['{"error":"MissingAuthorizationHeader"}', 'an Authorization header'],
    ['{"message":"JWT Token not found"}', 'an Authorization header'],
    ['{"msg":"Missing Authorization Header"}', 'an Authorization header'],
    ['UnauthorizedError: No authorization token was found', 'an Authorization header'],
    ['{"detail":"Authentication credentials were not provided."}', 'an Authorization header'],
    ['{"message":"No API key found in request"}', 'an API key'],
    ['Access denied due to missing subscription key.', 'an API key'],
    ['{"detail":"CSRF Failed: CSRF token missing."}', 'a CSRF token'],
    ['<p>Reason given for failure:</p><pre>CSRF cookie not set.</pre>', 'a CSRF token'],
    ['The required antiforgery cookie "__x" isn\'t present.', 'a CSRF token'],
    ['{"error":"Session cookie is missing"}', 'a cookie'],
    ['This endpoint requires the header X-Tenant', 'a header'],
    ['No auth token', 'an Authorization header'],
    ['{"message":"No auth token"}', 'an Authorization header'],
    ['Error: No access token', 'an Authorization header'],
    ['{"message":"CSRF token mismatch."}', 'a valid CSRF token'],
    ['ForbiddenError: invalid csrf token', 'a valid CSRF token'],
    ['<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>', 'a valid CSRF token'],
    ['{"error":"Missing Origin header"}', 'an Origin or Referer header'],
    ['{"message":"missing nonce"}', 'a CSRF token'],
    ['{"code":"rest_cookie_invalid_nonce","message":"Cookie check failed"}', 'a valid CSRF token'],
    ['missing signature', 'a signature'],
    ['{"error":"JWT signature is missing"}', 'an Authorization header'],
    ['missing session', 'a cookie'],
    ['{"error":"Missing user session"}', 'a cookie'],
    ['session id missing', 'a cookie'],
    ['{"error":"The session is missing."}', 'a cookie'],
    ['missing parameter user_id', 'a parameter'],
    ['{"error":"Required param missing: id"}', 'a parameter'],
    ['missing parameter token', 'a parameter'],
    ['missing parameter csrf_token', 'a CSRF token'],
    ['x-auth missing', 'a header'],
    ['{"error":"X-Tenant is required"}', 'a header'],
    ['{"error":"missing x-api-key"}', 'an API key'],
  ])('is found in %j', (body, part) => {
    expect(find(body)).toBe(part);
  });

  it.each([
    ['Bearer realm="api"', 'an Authorization header'],
    ['Negotiate', 'an Authorization header'],
    ['Basic realm="Staging"', 'a user name and a password (Basic)'],
  ])('is found in the header www-authenticate: %s', (scheme, part) => {
    expect(find('', { 'www-authenticate': scheme })).toBe(part);
    expect(find('Missing API key', { 'www-authenticate': scheme })).toBe('an API key');
  });

  // These say that nobody is signed in, or that something was sent and is wrong.
  it.each([
    '',
    'Unauthorized',
    '{"message":"Unauthenticated."}',
    '{"error":"Login required"}',
    '{"error":"Authentication required"}',
    '{"error":"You must be signed in."}',
    '{"error":"No session"}',
    '{"error":"User not found"}',
    '{"error":"No session found"}',
    '{"error":"Session not found"}',
    '{"error":"A session is required"}',
    '{"error":"Session expired"}',
    '{"error":"User missing in session"}',
    '{"error":"Invalid signature"}',
    'Missing permissions for this session',
    '<p>x Close</p><p>Your password is required</p>',
    '{"error":"Invalid token"}',
    '{"error":"Token expired"}',
    'No user is logged in, so no token is provided',
    '{"error":"Nobody is signed in: no token provided."}',
    'You are not logged in. A token is required.',
    '{"detail":"Not authenticated"}',
    'No author',
    'invalid token',
    '{"token":null,"error":"unauthorized","isSignedIn":false}',
    'Forbidden. You do not have the permission.',
    '<form><input name="csrf-token" required><input name="password" required></form><p>Sign in</p>',
    '<script>if (!token) show("missing token");</script><p>Sign in</p>',
    '<p>No account? Create one.</p><p>We use cookies.</p>',
  ])('is nothing in %j', (body) => {
    expect(find(body)).toBeUndefined();
  });

  it('is found in {"detail":"Not authenticated"} of a 403, which FastAPI answers without an Authorization header', () => {
    expect(find('{"detail":"Not authenticated"}', {}, 403)).toBe('an Authorization header');
    expect(find('Forbidden', {}, 403)).toBeUndefined();
    expect(find('No user is logged in, so no token is provided', {}, 403)).toBeUndefined();
  });

  it.each([
    'Bearer',
    'Bearer error="insufficient_scope"',
    'Bearer realm="api", error="invalid_token"',
    'Bearer error="invalid_request"',
    'DPoP error=invalid_token',
  ])('is an Authorization header for %s, but only if the request had none', (scheme) => {
    for (const status of [401, 403]) {
      const headers = { 'www-authenticate': scheme };
      expect(find('', headers, status)).toBe('an Authorization header');
      expect(find('', headers, status, true)).toBeUndefined();
      expect(find('missing bearer token', headers, status, true)).toBeUndefined();
      expect(find('missing nonce', headers, status, true)).toBe('a CSRF token');
    }
  });

  it('is found in a moment, also in a text that is made to take long', () => {
    for (const piece of [
      'missing ',
      '<',
      '<script',
      'token ',
      'no token ',
      'requires ',
      'aB',
      'x-',
      'x-a ',
      'missing x-a ',
      'session id ',
    ]) {
      const startMs = performance.now();
      find(piece.repeat(65_536 / piece.length));
      expect(performance.now() - startMs).toBeLessThan(2000);
    }
  });
});
