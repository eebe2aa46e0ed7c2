// A token endpoint inside the page. It answers for whoever is signed in to the site.

/** Signs a token. Each entry brings its own, because they find the fake in different files. */
export type SignClaims = (claims: Readonly<Record<string, unknown>>) => string;

const LIFETIME_S = 900;

export interface PageEndpoint {
  /** The `external_id` of the user who is signed in to the site. `null`: nobody. */
  externalId: string | null;
  /** The status of every answer while the endpoint fails. `undefined`: it works. */
  failure: number | undefined;
  /** All tokens that it has signed, oldest first. */
  readonly tokens: readonly string[];
  answer(): Response;
}

/** @param sign - signs for the account whose backend must accept the tokens */
export function createPageEndpoint(sign: SignClaims): PageEndpoint {
  const tokens: string[] = [];
  return {
    externalId: null,
    failure: undefined,
    tokens,
    answer() {
      if (this.failure !== undefined)
        return new Response('The token endpoint fails on purpose.', { status: this.failure });
      if (this.externalId === null) return new Response(null, { status: 204 });
      const iat = Math.floor(Date.now() / 1000);
      // Each answer is a new token, even within the same second.
      const claims = {
        scope: 'user',
        external_id: this.externalId,
        iat,
        exp: iat + LIFETIME_S,
        jti: `${tokens.length}`,
      };
      const token = sign(claims);
      tokens.push(token);
      return new Response(token, { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
    },
  };
}
