// A token endpoint for Zendesk's messenger, with Express and jsonwebtoken. To run it, set PORT, ZENDESK_KEY_ID and
// ZENDESK_SECRET, and start: node server.js
import { randomUUID } from 'node:crypto';
import express from 'express';
import jwt from 'jsonwebtoken';

const LIFETIME_S = 900;
const MAX_ID_LENGTH = 255;

// Replace this by your own session, such as express-session: a user for each session cookie.
const users = new Map([
  ['ada', { id: 42, name: "Zoë O’Hara 'the 2nd' 👋", email: 'zoe@shop.example', isEmailVerified: true }],
  ['grace', { id: 7, name: 'Grace', email: '', isEmailVerified: false }],
]);

function findUser(request) {
  const [, session = ''] = /(?:^|;\s*)session=([^;]+)/.exec(request.get('cookie') ?? '') ?? [];
  return users.get(session);
}

/** Says what is wrong with the key id and the secret, without their values. */
function findConfigurationFault(keyId = '', secret = '') {
  for (const [name, value] of Object.entries({ ZENDESK_KEY_ID: keyId, ZENDESK_SECRET: secret })) {
    if (!value) return `${name} is not set: copy it from Zendesk's Admin Center.`;
    if (/^[\s'"]|[\s'"]$/.test(value)) return `${name} has quotes or white space around it: remove them.`;
  }
  const isKeyId = (text) => /^app_[\da-f]{24}$/i.test(text);
  if (isKeyId(secret)) return 'ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_.';
  if (keyId.startsWith('act_')) return 'ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…).';
  if (!isKeyId(keyId)) return 'ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center.';
  return undefined;
}

function signToken(user, keyId, secret) {
  // Zendesk refuses a number: "42", not 42.
  const externalId = String(user.id ?? '');
  if (externalId === '' || externalId.length > MAX_ID_LENGTH) {
    throw new Error(`The user's id must have 1 to ${MAX_ID_LENGTH} characters, but has ${externalId.length}.`);
  }
  // A name that is undefined is not in the token.
  const claims = { scope: 'user', external_id: externalId, name: user.name || undefined };
  if (user.email) Object.assign(claims, { email: user.email, email_verified: user.isEmailVerified });
  // The library adds iat, in seconds. expiresIn must be a number: the text '900' would be milliseconds.
  // The secret is text. It looks like base64, but do not decode it.
  return jwt.sign(claims, secret, {
    algorithm: 'HS256',
    keyid: keyId,
    expiresIn: LIFETIME_S,
    // Makes two tokens of the same second differ.
    jwtid: randomUUID(),
  });
}

/** Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin. */
function isFromAnotherSite(request) {
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = request.get('origin');
  // A proxy that changes Host makes them differ. Then compare with the host name of your site.
  return origin !== undefined && origin.replace(/^\w+:\/\//, '') !== request.get('host');
}

const { PORT = '3000', ZENDESK_KEY_ID, ZENDESK_SECRET } = process.env;
const fault = findConfigurationFault(ZENDESK_KEY_ID, ZENDESK_SECRET);
if (fault) {
  console.error(fault);
  process.exit(1);
}

const app = express();
app.disable('x-powered-by');
// Without CORS headers, no other site can read the answer. Do not put the middleware "cors" before this route.
app.all('/zendesk-token', (request, response) => {
  response.set('Cache-Control', 'no-store');
  if (request.method !== 'POST') return response.set('Allow', 'POST').status(405).type('text').send('Send a POST.');
  if (isFromAnotherSite(request)) {
    return response.status(403).type('text').send('Only pages of this site can request a token.');
  }
  if (/prefetch/i.test(request.get('sec-purpose') ?? request.get('purpose') ?? '')) {
    return response.status(503).type('text').send('No token for a page that nobody has opened yet.');
  }
  const user = findUser(request);
  try {
    // json() sets the content type. send() would call the token text/html.
    response.json({ token: user ? signToken(user, ZENDESK_KEY_ID, ZENDESK_SECRET) : null });
  } catch (error) {
    console.error(error);
    response.status(500).type('text').send('The token could not be signed.');
  }
});
app.listen(Number(PORT), '127.0.0.1', (error) => {
  if (error) throw error;
  console.log(`Listening on http://127.0.0.1:${PORT}/zendesk-token`);
});
