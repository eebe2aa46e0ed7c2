// The site that the tabs belong to, without a server: its users, its clock and its token endpoint.

/** The invented users, by the name of their account on the site. */
export const USERS = {
  ada: { name: 'Ada', externalId: 'demo-ada' },
  grace: { name: 'Grace', externalId: 'demo-grace' },
};

/** How long a token is valid, in seconds. Short enough that a visitor of the playground sees a renewal. */
export const LIFETIME_S = 120;

/** How long the endpoint takes, in milliseconds. The messenger itself waits only 4 s for a token. */
const DELAYS_MS = { normal: 250, slow: 4600, failing: 250 };

/** A clock that can skip time: the laptop sleeps. */
export function createClock(now = Date.now) {
  let aheadMs = 0;
  return {
    nowMs: () => now() + aheadMs,
    advance(ms) {
      aheadMs += ms;
    },
  };
}

/** Returns the name of a user. */
export function nameOf(externalId) {
  return Object.values(USERS).find((user) => user.externalId === externalId)?.name ?? externalId;
}

/**
 * Creates the site.
 *
 * @param sign - signs claims and returns a JWT
 */
export function createSite({ clock, sign }) {
  let signed = 0;
  const site = {
    /** The `external_id` of the user who is signed in to the site, or `null`. */
    user: null,
    /** Whether the visitor has consented to cookies. */
    hasConsent: true,
    /** `normal`, `slow` or `failing`. */
    endpoint: 'normal',
    /** Answers one request to /zendesk-token. Rejects when it is aborted, as fetch does. */
    async answerToken(signal) {
      const { endpoint } = site;
      await wait(DELAYS_MS[endpoint], signal);
      if (endpoint === 'failing') return new Response('The endpoint is set to fail', { status: 500 });
      if (site.user === null) return new Response(null, { status: 204 });
      const iat = Math.floor(clock.nowMs() / 1000);
      signed += 1;
      // Each answer is a new token, even within the same second.
      const claims = { scope: 'user', external_id: site.user, iat, exp: iat + LIFETIME_S, jti: String(signed) };
      const date = new Date(clock.nowMs()).toUTCString();
      return new Response(sign(claims), { headers: { 'content-type': 'text/plain', date } });
    },
  };
  return site;
}

function wait(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}
