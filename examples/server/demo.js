// The demo site: its sessions, its token endpoint, and the settings that the page's buttons change.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SignJWT } from 'jose';

/** Invented users. Zendesk identifies them by `externalId`. */
export const USERS = {
  ada: { name: 'Ada', externalId: 'demo-ada' },
  grace: { name: 'Grace', externalId: 'demo-grace' },
};

// The messenger waits only 4 s for an answer.
const SLOW_MS = 4600;
const LIFETIMES_S = [10, 60, 3600];
const SPEEDS = ['normal', 'slow', 'failing'];

/** @param serverHalf - the package's entry ./server */
export function createDemo({ account, backend, clock, serverHalf }) {
  // The latest tokens of each user. Only "revoke" needs them; a real site does not store tokens.
  const signed = new Map();
  // The signed-in users by session id. The cookie contains only that random id.
  const sessions = new Map();
  let lifetimeS = 60;
  let endpoint = 'normal';

  const { keyId, secret } = account;
  /** This is all that a real site needs. The user comes from the session only, so a request cannot ask for another user's token. */
  const createEndpoint = (lifetimeS) =>
    serverHalf.createTokenEndpoint({
      keyId,
      secret,
      lifetimeS,
      now: clock.nowMs,
      getUser: (_request, nodeRequest) => USERS[userOf(nodeRequest)],
    });
  // One for each button of the page. They are created at start, so a wrong key is an error at start.
  const endpoints = new Map([60, 3600].map((seconds) => [seconds, createEndpoint(seconds)]));

  /** With a lifetime that an endpoint refuses as too short, so that the page shows a renewal soon. */
  async function signShortToken(user) {
    const { name, externalId } = USERS[user];
    const nowS = Math.floor(clock.nowMs() / 1000);
    return new SignJWT({ scope: 'user', external_id: externalId, name })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyId })
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + lifetimeS)
      .sign(new TextEncoder().encode(secret));
  }

  /** The endpoint, with what the buttons of the page change. */
  const answerToken = serverHalf.toNodeHandler(async (request, nodeRequest) => {
    const speed = endpoint;
    if (speed === 'slow') await wait(SLOW_MS, undefined, { ref: false });
    // After the wait: the visitor may have signed out meanwhile.
    const user = userOf(nodeRequest);
    if (speed === 'failing') return new Response('The endpoint is set to fail', { status: 500 });
    const isShort = user !== undefined && !endpoints.has(lifetimeS);
    const response = isShort
      ? Response.json({ token: await signShortToken(user) })
      : await (endpoints.get(lifetimeS) ?? endpoints.get(60))(request, nodeRequest);
    const { token } = response.ok ? await response.clone().json() : {};
    if (token) signed.set(user, [...(signed.get(user) ?? []).slice(-20), token]);
    return response;
  });

  const routes = {
    '/zendesk-token': answerToken,
    // The demo's sign-in needs no password. With HttpOnly and SameSite=Lax, no script and no other site can use the cookie.
    // A site that uses HTTPS adds Secure.
    '/demo/sign-in'(request, response, value) {
      if (!Object.hasOwn(USERS, value)) return send(response, 400, 'Unknown user');
      // Each sign-in gets a new session id, so that an id from before the sign-in is worth nothing (session fixation).
      sessions.delete(sessionOf(request));
      const session = randomBytes(16).toString('hex');
      sessions.set(session, value);
      response.setHeader('set-cookie', `session=${session}; Path=/; HttpOnly; SameSite=Lax`);
      send(response, 200, value);
    },
    '/demo/sign-out'(request, response) {
      sessions.delete(sessionOf(request));
      response.setHeader('set-cookie', 'session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
      send(response, 200, '');
    },
    '/demo/lifetime'(_request, response, value) {
      if (!LIFETIMES_S.includes(Number(value))) return send(response, 400, 'Unsupported lifetime');
      lifetimeS = Number(value);
      send(response, 200, value);
    },
    '/demo/endpoint'(_request, response, value) {
      if (!SPEEDS.includes(value)) return send(response, 400, 'Unknown endpoint setting');
      endpoint = value;
      send(response, 200, value);
    },
    '/demo/revoke'(request, response) {
      if (!backend) return send(response, 409, 'Only the fake messenger supports this');
      signed.get(userOf(request))?.forEach((token) => backend.revoke(token));
      send(response, 200, '');
    },
    // Tells the page of logins that carried another user's identity. Only the fake backend knows.
    '/demo/breaches'(_request, response) {
      if (!backend) return send(response, 409, 'Only the fake messenger supports this');
      send(response, 200, JSON.stringify(backend.breaches));
    },
    // Advances the clock of the site and of the fake backend while the page sleeps.
    '/demo/sleep'(_request, response, value) {
      const ms = Number(value);
      if (!backend || !(ms > 0 && ms <= 86_400_000))
        return send(response, 400, 'Only the fake messenger supports this, for at most one day');
      clock.aheadMs += ms;
      send(response, 200, '');
    },
  };

  const sessionOf = ({ headers }) => /(?:^|; )session=(\w+)/.exec(headers.cookie ?? '')?.[1];
  const userOf = (request) => sessions.get(sessionOf(request));

  return {
    userOf,
    settings: () => ({ lifetimeS, endpoint }),
    answers: (pathname) => Object.hasOwn(routes, pathname),
    async answer(pathname, request, response) {
      let value = '';
      for await (const chunk of request) if (value.length < 100) value += chunk;
      // A page of another site could post here, too. Browsers send the page's origin, and scripts cannot forge it.
      const { origin, host, 'sec-fetch-site': site } = request.headers;
      const isForeign =
        (origin !== undefined && origin !== `http://${host}`) || (site ?? 'same-origin') !== 'same-origin';
      if (isForeign) return send(response, 403, 'Requests from other sites are not allowed');
      await routes[pathname](request, response, value);
    },
  };
}

function send(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
