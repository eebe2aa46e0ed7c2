// A token endpoint for Zendesk's messenger, with Hono and this library's server half. To run it, set PORT, ZENDESK_KEY_ID and
// ZENDESK_SECRET, and start: node server.js
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { getCookie } from 'hono/cookie';
import { createTokenEndpoint } from 'zendesk-messenger-auth/server';

// Replace this by your own session: a user for each session cookie.
const users = new Map([
  ['ada', { id: 42, name: "Zoë O’Hara 'the 2nd' 👋", email: 'zoe@shop.example', isEmailVerified: true }],
  ['grace', { id: 7, name: 'Grace', email: '', isEmailVerified: false }],
]);

function createApp() {
  const answerToken = createTokenEndpoint({
    keyId: process.env.ZENDESK_KEY_ID,
    secret: process.env.ZENDESK_SECRET,
    getUser(_request, context) {
      const user = users.get(getCookie(context, 'session') ?? '');
      return user && { externalId: user.id, name: user.name, email: user.email, emailVerified: user.isEmailVerified };
    },
  });
  return new Hono().all('/zendesk-token', (context) => answerToken(context.req.raw, context));
}

try {
  serve({ fetch: createApp().fetch, port: Number(process.env.PORT ?? 8080), hostname: '127.0.0.1' });
} catch (error) {
  // The message says what is wrong with the configuration, without its values.
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
