// What each code of a finding means. `npm run docs:tables` writes this file.

export const KNOWN_FINDINGS = {
  not_a_string: {
    severity: 'error',
    meaning: 'The token is not a string, but an object, a Promise or undefined.',
    remedy: 'Pass the JWT itself, as a string.',
  },
  empty: {
    severity: 'error',
    meaning: 'The token is an empty string.',
    remedy: 'Check what the endpoint returned. When nobody is signed in, it should answer 204.',
  },
  literal_undefined: {
    severity: 'error',
    meaning: 'The token is a word, such as undefined, that stands for a missing value.',
    remedy: 'Check where the token is read. It was missing there and was converted to text.',
  },
  quoted: {
    severity: 'error',
    meaning: 'The token has quotes around it.',
    remedy: 'Send the token as plain text, or parse the JSON before you pass it on.',
  },
  bearer_prefix: {
    severity: 'error',
    meaning: 'The token starts with Bearer.',
    remedy: 'Pass only the token, with nothing before or after it. The messenger adds the Authorization header itself.',
  },
  whitespace: {
    severity: 'error',
    meaning: 'The token has white space around it or in it. If it is only a line break at the end, this is a warning.',
    remedy: 'Pass only the token, with nothing before or after it. Trim it, and do not break it into lines.',
  },
  surrounded: {
    severity: 'error',
    meaning: 'The token is in a longer text, such as a URL or HTML. The rest is about the token.',
    remedy: 'Pass only the token, with nothing before or after it. Check what your backend prints or adds there.',
  },
  json_wrapped: {
    severity: 'error',
    meaning: 'The token is a whole JSON response, or something like JSON, instead of the token in it.',
    remedy: 'Pass the token from the response: (await response.json()).token',
  },
  not_three_parts: {
    severity: 'error',
    meaning: 'The token does not have three parts with dots between them. It was cut off, or it is a web page.',
    remedy: 'Pass the whole JWT: header, payload and signature, separated by dots.',
  },
  not_base64url: {
    severity: 'error',
    meaning: 'A part is not base64url: it contains +, / or =, or it was cut off.',
    remedy: 'Create the token with a JWT library. If you encode it yourself, use base64url without padding.',
  },
  token_long: {
    severity: 'warning',
    meaning: 'The token has more than 8,000 characters. Servers refuse headers of that size.',
    remedy: 'Remove the claims that Zendesk does not read. Servers reject headers larger than about 8 kB.',
  },
  header_not_json: {
    severity: 'error',
    meaning: 'The header is not a JSON object.',
    remedy: 'Create the token with a JWT library.',
  },
  alg_not_hs256: {
    severity: 'error',
    meaning: 'alg is not HS256.',
    remedy:
      "Sign with HS256. Zendesk accepts no other algorithm here.\nNode, jose: .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })\nNode, jsonwebtoken: jwt.sign(claims, secret, { algorithm: 'HS256', keyid: keyId })\nPHP, firebase/php-jwt: JWT::encode($claims, $secret, 'HS256', $keyId)\nPython, PyJWT: jwt.encode(claims, secret, algorithm=\"HS256\", headers={\"kid\": key_id})\nRuby, jwt: JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })\nJava, jjwt: .signWith(key, Jwts.SIG.HS256)\nC#: new SigningCredentials(key, SecurityAlgorithms.HmacSha256)",
  },
  typ_not_jwt: { severity: 'warning', meaning: 'typ is not "JWT".', remedy: 'Set typ to "JWT" in the header.' },
  kid_missing: {
    severity: 'error',
    meaning: 'The header has no kid, or it is not a string.',
    remedy:
      "Set kid in the header to the key id from the Admin Center (app_…).\nNode, jose: .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })\nNode, jsonwebtoken: jwt.sign(claims, secret, { keyid: keyId })\nPHP, firebase/php-jwt: JWT::encode($claims, $secret, 'HS256', $keyId)\nPython, PyJWT: jwt.encode(claims, secret, algorithm=\"HS256\", headers={\"kid\": key_id})\nRuby, jwt: JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })\nJava, jjwt: Jwts.builder().header().keyId(keyId).type(\"JWT\").and()\nC#: new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = keyId }",
  },
  kid_unusual: {
    severity: 'warning',
    meaning: 'kid does not look like a key id of Zendesk: app_ and 24 hex digits.',
    remedy: 'Compare it with the key id in the Admin Center. It is app_ followed by 24 hex digits.',
  },
  secret_exposed: {
    severity: 'error',
    meaning:
      "The header, the third part, a claim or the whole text is or contains the shared secret, or with --url, the endpoint's answer contains it. So whoever sees it can sign as anybody. If only its shape says so, this is a warning.",
    remedy:
      'Create a new key in the Admin Center and delete this one. Use the secret only to sign, and never put it into a token.',
  },
  api_key_exposed: {
    severity: 'error',
    meaning: 'The token gives access to the API: kid is an API key (act_…), or scope is account or app.',
    remedy:
      'Sign with a key for messaging (app_…) and the scope "user". If visitors have had such tokens, replace the API key: they give access to all conversations.',
  },
  payload_not_json: {
    severity: 'error',
    meaning: 'The payload is not a JSON object.',
    remedy: 'Create the token with a JWT library, from an object of claims.',
  },
  payload_not_utf8: {
    severity: 'warning',
    meaning: 'The payload is not UTF-8, but probably Latin-1. Zendesk reads it, but letters such as é are lost.',
    remedy:
      'Encode the JSON as UTF-8 before base64url, or sign with a JWT library. In JavaScript, btoa(JSON.stringify(…)) does not do that.',
  },
  name_missing: {
    severity: 'error',
    meaning:
      'Only in the Web Widget (Classic): the payload has no name, or it is not a string. If it is empty, this is a warning.',
    remedy: "Add the claim name: the user's name, as a string.",
  },
  email_missing: {
    severity: 'error',
    meaning:
      'Only in the Web Widget (Classic): the payload has no email, or it is not a string. If it is empty, this is a warning.',
    remedy: "Add the claim email: the user's e-mail address, as a string.",
  },
  jti_missing: {
    severity: 'error',
    meaning: 'Only in the help center of the Web Widget (Classic): the payload has no jti.',
    remedy: 'Add the claim jti: a new random value for each token, such as a UUID.',
  },
  scope_missing: {
    severity: 'error',
    meaning: 'The payload has no scope.',
    remedy: 'Add the claim scope with the value "user".',
  },
  scope_wrong: { severity: 'error', meaning: 'scope is not "user".', remedy: 'Set scope to the string "user".' },
  external_id_missing: {
    severity: 'error',
    meaning: 'The payload has no external_id.',
    remedy:
      'Add external_id: your own id for the user, as a string. It must not change over time.\nNode: external_id: String(user.id)\nPHP: \'external_id\' => (string) $user->id\nPython: "external_id": str(user.id)\nRuby: external_id: user.id.to_s\nJava: .claim("external_id", String.valueOf(user.getId()))\nC#: new Claim("external_id", user.Id.ToString())',
  },
  external_id_not_string: {
    severity: 'error',
    meaning: 'external_id is a number or something else.',
    remedy:
      'Make it a string: "123", not 123.\nNode: external_id: String(user.id)\nPHP: \'external_id\' => (string) $user->id\nPython: "external_id": str(user.id)\nRuby: external_id: user.id.to_s\nJava: .claim("external_id", String.valueOf(user.getId()))\nC#: new Claim("external_id", user.Id.ToString())',
  },
  external_id_empty: {
    severity: 'error',
    meaning: 'external_id is empty.',
    remedy: 'Set it to your own id for the user. When nobody is signed in, answer 204 instead of signing a token.',
  },
  user_id_instead: {
    severity: 'error',
    meaning: 'The id has another name, such as userId. Zendesk does not read that claim.',
    remedy: 'Rename the claim to external_id.',
  },
  external_id_literal: {
    severity: 'warning',
    meaning: 'external_id is a word such as undefined. All users would be the same user.',
    remedy: 'Check where the id is read. All visitors without an id would become the same user.',
  },
  external_id_whitespace: {
    severity: 'warning',
    meaning: 'external_id has white space around it. To Zendesk that is another user.',
    remedy: 'Trim it. With the white space it is a different user.',
  },
  external_id_too_long: {
    severity: 'warning',
    meaning: 'external_id has more than 255 characters.',
    remedy: 'Use a shorter id that never changes. Zendesk allows 255 characters.',
  },
  email_unusual: {
    severity: 'warning',
    meaning: 'Only in the Web Widget (Classic): email has no @, or letters that are not ASCII, such as é.',
    remedy: 'Use a complete address, such as ann@example.com, without accented letters.',
  },
  email_verified_not_boolean: {
    severity: 'warning',
    meaning: 'email_verified is a string or a number.',
    remedy:
      'Set it to true or false, without quotes. Only true counts as verified.\nPHP: \'email_verified\' => true\nPython: "email_verified": True\nC#: new Claim("email_verified", "true", ClaimValueTypes.Boolean)',
  },
  email_unverified: {
    severity: 'info',
    meaning: 'The token has email without email_verified.',
    remedy: 'If your site has verified the address, add email_verified: true. If not, change nothing.',
  },
  secret_in_payload: {
    severity: 'warning',
    meaning:
      'The name of a claim says that it is a password, a secret or a key, and its value is not just a time or a count.',
    remedy: 'Remove it, and replace the secret. Anyone who has the token can read it.',
  },
  other_zendesk_jwt: {
    severity: 'warning',
    meaning:
      'The token looks like one for another product of Zendesk: single sign-on, or the Web Widget (Classic). If the token should be for that widget, it looks like one for messaging.',
    remedy:
      'Sign a token for messaging, with kid in the header, scope "user", and the secret of that key. Each Zendesk product uses its own tokens.',
  },
  time_zone_offset: {
    severity: 'error',
    meaning: 'iat or exp is off by a whole number of half hours: local time was taken for UTC.',
    remedy:
      'Use seconds since 1970: they are the same in every time zone. Do not compute them from a local date or time.\nNode: Math.floor(Date.now() / 1000)\nPHP: time(), not strtotime() of a local date\nPython: int(time.time()), not datetime.utcnow().timestamp()\nRuby: Time.now.to_i\nJava: Instant.now().getEpochSecond(), not LocalDateTime.now().toEpochSecond(ZoneOffset.UTC)\nC#: DateTimeOffset.UtcNow.ToUnixTimeSeconds(), not DateTime.Now',
  },
  exp_missing: {
    severity: 'warning',
    meaning: 'The token never expires.',
    remedy:
      'Set exp to 10 minutes to 1 hour from now, in seconds since 1970.\nNode: Math.floor(Date.now() / 1000) + 900\nPHP: time() + 900\nPython: int(time.time()) + 900\nRuby: Time.now.to_i + 900\nJava: Instant.now().getEpochSecond() + 900\nC#: new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  exp_not_number: {
    severity: 'error',
    meaning: 'exp is a string or something else.',
    remedy:
      'Set exp to a number of seconds since 1970, without quotes.\nNode: Math.floor(Date.now() / 1000) + 900\nPHP: time() + 900\nPython: int(time.time()) + 900\nRuby: Time.now.to_i + 900\nJava: Instant.now().getEpochSecond() + 900\nC#: new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  exp_milliseconds: {
    severity: 'error',
    meaning: 'exp is in milliseconds.',
    remedy:
      'Set exp to seconds since 1970, a number with ten digits.\nNode: Math.floor(Date.now() / 1000) + 900\nPHP: time() + 900\nPython: int(time.time()) + 900\nRuby: Time.now.to_i + 900\nJava: Instant.now().getEpochSecond() + 900\nC#: new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  expired: {
    severity: 'error',
    meaning: 'The token has expired: exp is in the past.',
    remedy:
      'Sign a new token for each request, and do not cache it. Set exp to a time in the future.\nNode: Math.floor(Date.now() / 1000) + 900\nPHP: time() + 900\nPython: int(time.time()) + 900\nRuby: Time.now.to_i + 900\nJava: Instant.now().getEpochSecond() + 900\nC#: new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  exp_before_iat: {
    severity: 'warning',
    meaning: 'exp is not after iat.',
    remedy:
      'Set exp to 10 minutes to 1 hour after iat.\nNode: Math.floor(Date.now() / 1000) + 900\nPHP: time() + 900\nPython: int(time.time()) + 900\nRuby: Time.now.to_i + 900\nJava: Instant.now().getEpochSecond() + 900\nC#: new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  lifetime_short: {
    severity: 'warning',
    meaning: 'The token lives for less than a minute.',
    remedy: 'Use a lifetime of 10 minutes to 1 hour, so that the token is still valid on slow networks.',
  },
  lifetime_long: {
    severity: 'warning',
    meaning: 'The token lives for more than a day, or for longer than Zendesk allows in the Web Widget (Classic).',
    remedy:
      'Use a lifetime of 10 minutes to 1 hour. Anyone who obtains the token can act as the user until it expires.',
  },
  iat_missing: {
    severity: 'info',
    meaning:
      "The token has no iat. With iat, a visitor's wrong clock does no harm. The Web Widget (Classic) requires it.",
    remedy:
      'Set iat to the time of signing. Then a wrong clock on the visitor\'s computer does not matter.\nNode: Math.floor(Date.now() / 1000)\nPHP: time()\nPython: int(time.time())\nRuby: Time.now.to_i\nJava: Instant.now().getEpochSecond()\nC#: new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  iat_not_number: {
    severity: 'error',
    meaning: 'iat is a string or something else.',
    remedy:
      'Set iat to a number of seconds since 1970, without quotes.\nNode: Math.floor(Date.now() / 1000)\nPHP: time()\nPython: int(time.time())\nRuby: Time.now.to_i\nJava: Instant.now().getEpochSecond()\nC#: new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  iat_milliseconds: {
    severity: 'error',
    meaning: 'iat is in milliseconds.',
    remedy:
      'Set iat to seconds since 1970, a number with ten digits.\nNode: Math.floor(Date.now() / 1000)\nPHP: time()\nPython: int(time.time())\nRuby: Time.now.to_i\nJava: Instant.now().getEpochSecond()\nC#: new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  iat_future: {
    severity: 'error',
    meaning:
      'iat is more than a minute in the future: the clock of the signing server is wrong. Or, if it is far ahead, local time was taken for UTC.',
    remedy:
      'Correct the clock of the server that signs (NTP). Set iat to the current time.\nNode: Math.floor(Date.now() / 1000)\nPHP: time()\nPython: int(time.time())\nRuby: Time.now.to_i\nJava: Instant.now().getEpochSecond()\nC#: new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
  },
  nbf_not_number: {
    severity: 'warning',
    meaning: 'nbf is not a number of seconds.',
    remedy: 'Remove nbf, or set it to a number of seconds since 1970.',
  },
  nbf_future: {
    severity: 'error',
    meaning: 'nbf is more than a minute in the future.',
    remedy: 'Remove nbf, and correct the clock of the server that signs (NTP).',
  },
  clock_skew: {
    severity: 'warning',
    meaning: 'Two clocks differ: that of the signing server and the one here.',
    remedy: 'Compare both clocks, and correct the wrong one (NTP).',
  },
  signature_invalid: {
    severity: 'error',
    meaning: 'The signature does not match the secret.',
    remedy:
      "Use the secret that belongs to this kid, exactly as shown. It is shown only once: if you have lost it, create a new key.\nNode, jose: .sign(new TextEncoder().encode(secret))\nNode, jsonwebtoken: jwt.sign(claims, secret, { keyid: keyId })\nPHP, firebase/php-jwt: JWT::encode($claims, $secret, 'HS256', $keyId)\nPython, PyJWT: jwt.encode(claims, secret, algorithm=\"HS256\", headers={\"kid\": key_id})\nRuby, jwt: JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })\nJava, jjwt: .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)\nC#: new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = keyId }",
  },
  secret_base64_decoded: {
    severity: 'error',
    meaning: 'The secret was decoded from base64, base64url or hex before signing.',
    remedy:
      "Use the secret exactly as shown. It looks encoded, but do not decode it.\nNode, jose: .sign(new TextEncoder().encode(secret))\nNode, jsonwebtoken: jwt.sign(claims, secret, { keyid: keyId })\nPHP, firebase/php-jwt: JWT::encode($claims, $secret, 'HS256', $keyId)\nPython, PyJWT: jwt.encode(claims, secret, algorithm=\"HS256\", headers={\"kid\": key_id})\nRuby, jwt: JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })\nJava, jjwt: .signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)\nC#: new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = keyId }",
  },
  secret_whitespace: {
    severity: 'error',
    meaning: 'The secret had white space or quotes around it, in the backend or here.',
    remedy:
      'Trim the secret and remove quotes where your backend reads it. Files often end with a line break, and .env files may keep quotes.',
  },
  signature_not_checked: {
    severity: 'warning',
    meaning: 'There is no signature to check, or no Web Crypto.',
    remedy: 'Check a complete token, in an environment with Web Crypto (https, localhost or Node).',
  },
  nothing_found: {
    severity: 'info',
    meaning: 'Zendesk refused the token, but nothing in it is wrong. Only in errors of the library.',
    remedy:
      'Check what a token does not show: the secret, whether the key id (kid) belongs to it, whether the key belongs to this account, and whether the e-mail belongs to another user (409).',
  },
};
