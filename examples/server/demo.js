// The site itself: who is signed in to it, its token endpoint, and what the page's buttons make of the endpoint.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { SignJWT } from 'jose';

/** Invented. `externalId` is what Zendesk knows the user by. */
export const USERS = {
  ada: { name: 'Ada', externalId: 'demo-ada' },
  grace: { name: 'Grace', externalId: 'demo-grace' },
};

// Longer than the 4 s that the messenger waits for an answer.
const SLOW_MS = 4600;
const LIFETIMES_S = [10, 60, 3600];
const SPEEDS = ['normal', 'slow', 'failing'];

export function createDemo({ account, backend, clock }) {
  // Every token in force by user, which only "revoke" needs. A real site keeps none.
  const signed = new Map();
  // Who is signed in, by what the cookie holds: a number that nobody can guess, and not the user's name.
  const sessions = new Map();
  let lifetimeS = 60;
  let endpoint = 'normal';

  /** The whole of it that a site needs. */
  function signToken(user) {
    const { name, externalId } = USERS[user];
    const nowS = Math.floor(clock.nowMs() / 1000);
    return new SignJWT({ scope: 'user', external_id: externalId, name })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: account.keyId })
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + lifetimeS)
      .sign(new TextEncoder().encode(account.secret));
  }

  const routes = {
    async '/zendesk-token'(request, response) {
      // From the session alone: nothing that the request says can make it somebody else's token.
      const user = userOf(request);
      const speed = endpoint;
      if (speed === 'slow') await wait(SLOW_MS, undefined, { ref: false });
      if (speed === 'failing') return send(response, 500, 'Failing, because the page asked for it');
      if (user === undefined) return send(response, 401, 'Nobody is signed in');
      const token = await signToken(user);
      signed.set(user, [...(signed.get(user) ?? []).slice(-20), token]);
      send(response, 200, token);
    },
    // The demonstration's sign-in asks for no password. HttpOnly and Lax: no script and no other site can use it. A site
    // that is served over HTTPS adds Secure.
    '/demo/sign-in'(request, response, value) {
      if (!Object.hasOwn(USERS, value)) return send(response, 400, 'No such user');
      // A new one at each sign-in: one that was known before must not become a signed-in one.
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
      if (!LIFETIMES_S.includes(Number(value))) return send(response, 400, 'No such lifetime');
      lifetimeS = Number(value);
      send(response, 200, value);
    },
    '/demo/endpoint'(_request, response, value) {
      if (!SPEEDS.includes(value)) return send(response, 400, 'No such behaviour');
      endpoint = value;
      send(response, 200, value);
    },
    '/demo/revoke'(request, response) {
      if (!backend) return send(response, 409, 'Only the stand-in can be told');
      signed.get(userOf(request))?.forEach((token) => backend.revoke(token));
      send(response, 200, '');
    },
    // Time goes by while the page sleeps, for the site and Zendesk alike.
    '/demo/sleep'(_request, response, value) {
      const ms = Number(value);
      if (!backend || !(ms > 0 && ms <= 86_400_000)) return send(response, 400, 'Only the stand-in, a day at most');
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
      // Another site's page could post here, too. Browsers say whose page it is, and none can make them lie.
      const { origin, host, 'sec-fetch-site': site } = request.headers;
      const isForeign =
        (origin !== undefined && origin !== `http://${host}`) || (site ?? 'same-origin') !== 'same-origin';
      if (isForeign) return send(response, 403, 'From another site');
      await routes[pathname](request, response, value);
    },
  };
}

function send(response, status, text) {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}
