// The correct code in common backends, for mistakes that depend on the backend's language. A remedy ends with these
// lines, one for each backend.

// Marked as free of side effects, so that a bundler can remove these constants if the doctor is not used.
/* @__NO_SIDE_EFFECTS__ */
const formatLines = (lines: Readonly<Record<string, string>>) =>
  Object.entries(lines)
    .map(([backend, line]) => `\n${backend}: ${line}`)
    .join('');

export const EXP_LINES = formatLines({
  Node: 'Math.floor(Date.now() / 1000) + 900',
  PHP: 'time() + 900',
  Python: 'int(time.time()) + 900',
  Ruby: 'Time.now.to_i + 900',
  Java: 'Instant.now().getEpochSecond() + 900',
  // Without the type, .NET writes every claim as a string.
  'C#': 'new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
});

export const IAT_LINES = formatLines({
  Node: 'Math.floor(Date.now() / 1000)',
  PHP: 'time()',
  Python: 'int(time.time())',
  Ruby: 'Time.now.to_i',
  Java: 'Instant.now().getEpochSecond()',
  'C#': 'new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)',
});

// For a time zone error: what to use, and what it often replaces.
export const UTC_LINES = formatLines({
  Node: 'Math.floor(Date.now() / 1000)',
  PHP: 'time(), not strtotime() of a local date',
  Python: 'int(time.time()), not datetime.utcnow().timestamp()',
  Ruby: 'Time.now.to_i',
  Java: 'Instant.now().getEpochSecond(), not LocalDateTime.now().toEpochSecond(ZoneOffset.UTC)',
  'C#': 'DateTimeOffset.UtcNow.ToUnixTimeSeconds(), not DateTime.Now',
});

export const EXTERNAL_ID_LINES = formatLines({
  Node: 'external_id: String(user.id)',
  PHP: "'external_id' => (string) $user->id",
  Python: '"external_id": str(user.id)',
  Ruby: 'external_id: user.id.to_s',
  Java: '.claim("external_id", String.valueOf(user.getId()))',
  'C#': 'new Claim("external_id", user.Id.ToString())',
});

export const EMAIL_VERIFIED_LINES = formatLines({
  PHP: "'email_verified' => true",
  Python: '"email_verified": True',
  'C#': 'new Claim("email_verified", "true", ClaimValueTypes.Boolean)',
});

export const ALG_LINES = formatLines({
  'Node, jose': ".setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })",
  'Node, jsonwebtoken': "jwt.sign(claims, secret, { algorithm: 'HS256', keyid: keyId })",
  'PHP, firebase/php-jwt': "JWT::encode($claims, $secret, 'HS256', $keyId)",
  'Python, PyJWT': 'jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})',
  'Ruby, jwt': "JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })",
  // Without Jwts.SIG, jjwt uses HS512 for a secret of 64 characters or more, such as Zendesk's.
  'Java, jjwt': '.signWith(key, Jwts.SIG.HS256)',
  // Not HmacSha256Signature: that constant is for XML signatures and puts a URI into the header.
  'C#': 'new SigningCredentials(key, SecurityAlgorithms.HmacSha256)',
});

export const KID_LINES = formatLines({
  'Node, jose': ".setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })",
  'Node, jsonwebtoken': 'jwt.sign(claims, secret, { keyid: keyId })',
  'PHP, firebase/php-jwt': "JWT::encode($claims, $secret, 'HS256', $keyId)",
  'Python, PyJWT': 'jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})',
  'Ruby, jwt': "JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })",
  'Java, jjwt': 'Jwts.builder().header().keyId(keyId).type("JWT").and()',
  'C#': 'new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = keyId }',
});

export const SECRET_LINES = formatLines({
  'Node, jose': '.sign(new TextEncoder().encode(secret))',
  'Node, jsonwebtoken': 'jwt.sign(claims, secret, { keyid: keyId })',
  'PHP, firebase/php-jwt': "JWT::encode($claims, $secret, 'HS256', $keyId)",
  'Python, PyJWT': 'jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})',
  'Ruby, jwt': "JWT.encode(claims, secret, 'HS256', { kid: key_id, typ: 'JWT' })",
  // signWith would base64-decode a secret that is passed as a String. Without Jwts.SIG, a long secret would select
  // HS512.
  'Java, jjwt': '.signWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)), Jwts.SIG.HS256)',
  'C#': 'new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)) { KeyId = keyId }',
});
