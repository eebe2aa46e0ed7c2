<?php
// A token endpoint for Zendesk's messenger, without a library. To run it with PHP's own server, set PORT,
// ZENDESK_KEY_ID and ZENDESK_SECRET, and start: php token-endpoint.php
// Behind nginx or Apache, serve this file at /zendesk-token.
declare(strict_types=1);

const LIFETIME_S = 900;
const MAX_ID_LENGTH = 255;
const KEY_ID = '/\Aapp_[0-9a-f]{24}\z/i';

// Replace this by your own session, such as $_SESSION['user']: a user for each session cookie.
const USERS = [
    'ada' => ['id' => 42, 'name' => "Zoë O’Hara 'the 2nd' 👋", 'email' => 'zoe@shop.example', 'emailVerified' => true],
    'grace' => ['id' => 7, 'name' => 'Grace'],
];

/** Says what is wrong with the key id and the secret, without their values. */
function findConfigurationFault(string $keyId, string $secret): ?string
{
    foreach (['ZENDESK_KEY_ID' => $keyId, 'ZENDESK_SECRET' => $secret] as $name => $value) {
        if ($value === '') {
            return "$name is not set: copy it from Zendesk's Admin Center.";
        }
        if ($value !== trim($value, " \t\r\n'\"")) {
            return "$name has quotes or white space around it: remove them.";
        }
    }
    if (preg_match(KEY_ID, $secret)) {
        return 'ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.';
    }
    if (str_starts_with($keyId, 'act_')) {
        return 'ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…).';
    }
    if (!preg_match(KEY_ID, $keyId)) {
        return 'ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.';
    }
    return null;
}

/** base64url. The characters +, / and = of plain base64 make a token invalid. */
function encodePart(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function signToken(array $user, string $keyId, string $secret): string
{
    // Zendesk refuses a number: "42", not 42.
    $externalId = (string) ($user['id'] ?? '');
    // strlen() counts bytes.
    $length = (int) iconv_strlen($externalId, 'UTF-8');
    if ($length < 1 || $length > MAX_ID_LENGTH) {
        throw new RangeException("The user's id must have 1 to " . MAX_ID_LENGTH . " characters, but has $length.");
    }
    $now = time();
    $claims = [
        'scope' => 'user',
        'external_id' => $externalId,
        'iat' => $now,
        'exp' => $now + LIFETIME_S,
        'jti' => bin2hex(random_bytes(16)), // makes two tokens of the same second differ
    ];
    if (!empty($user['name'])) {
        $claims['name'] = $user['name'];
    }
    if (!empty($user['email'])) {
        $claims += ['email' => $user['email'], 'email_verified' => $user['emailVerified']];
    }
    // Without JSON_THROW_ON_ERROR, json_encode() returns false for a name that is not UTF-8.
    $header = json_encode(['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $keyId], JSON_THROW_ON_ERROR);
    $signed = encodePart($header) . '.' . encodePart(json_encode($claims, JSON_THROW_ON_ERROR));
    // The secret is text. It looks like base64, but do not decode it. The last argument, true, asks for bytes, not hex.
    return $signed . '.' . encodePart(hash_hmac('sha256', $signed, $secret, true));
}

/** Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin. */
function isFromAnotherSite(): bool
{
    $site = $_SERVER['HTTP_SEC_FETCH_SITE'] ?? null;
    if ($site !== null) {
        return $site !== 'same-origin';
    }
    $origin = $_SERVER['HTTP_ORIGIN'] ?? null;
    // A proxy that changes Host makes them differ. Then compare with the host name of your site.
    return $origin !== null && preg_replace('~^\w+://~', '', $origin) !== ($_SERVER['HTTP_HOST'] ?? '');
}

function answer(int $status, string $text, string $contentType = 'text/plain; charset=utf-8'): void
{
    http_response_code($status);
    // PHP calls every answer text/html otherwise. Without CORS headers, no other site can read the answer.
    header("Content-Type: $contentType");
    header('Cache-Control: no-store');
    echo $text;
}

function answerRequest(string $keyId, string $secret): void
{
    if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
        header('Allow: POST');
        answer(405, 'Send a POST.');
    } elseif (isFromAnotherSite()) {
        answer(403, 'Only pages of this site can request a token.');
    } elseif (stripos($_SERVER['HTTP_SEC_PURPOSE'] ?? $_SERVER['HTTP_PURPOSE'] ?? '', 'prefetch') !== false) {
        answer(503, 'No token for a page that nobody has opened yet.');
    } else {
        try {
            $user = USERS[$_COOKIE['session'] ?? ''] ?? null;
            $token = $user === null ? null : signToken($user, $keyId, $secret);
            answer(200, json_encode(['token' => $token], JSON_THROW_ON_ERROR), 'application/json');
        } catch (Throwable $error) {
            // Not the whole error: its stack trace can contain the secret.
            error_log($error->getMessage());
            answer(500, 'The token could not be signed.');
        }
    }
}

// A warning in the answer would stand before the token.
ini_set('display_errors', '0');
// $_ENV is empty in most configurations of PHP.
$keyId = (string) getenv('ZENDESK_KEY_ID');
$secret = (string) getenv('ZENDESK_SECRET');
$fault = findConfigurationFault($keyId, $secret);
if (PHP_SAPI !== 'cli') {
    if ($fault !== null) error_log($fault);
    $fault === null ? answerRequest($keyId, $secret) : answer(500, 'The token could not be signed.');
    exit;
}
if ($fault !== null) {
    fwrite(STDERR, "$fault\n");
    exit(1);
}
pcntl_exec(PHP_BINARY, ['-S', '127.0.0.1:' . (getenv('PORT') ?: '3000'), __FILE__]);
