// The options of ./dev, which a page sets on a global variable.

/**
 * The options of `zendesk-messenger-auth/dev`. Set them as `window.zendeskMessengerDev` before it runs.
 *
 * @example
 * window.zendeskMessengerDev = { tokenEndpoint: 'own' };
 */
export interface ZendeskMessengerDev {
  /**
   * Whether it may run on a production build, or on a host that is not local.
   *
   * @defaultValue false
   */
  readonly allow?: boolean | undefined;
  /**
   * Which endpoint answers a `tokenUrl`: one in the page, or your own. Your own must sign with the values of
   * `FAKE_ACCOUNT`. A `getToken` always runs as it is.
   *
   * @defaultValue 'page'
   */
  readonly tokenEndpoint?: 'page' | 'own' | undefined;
}

declare global {
  interface Window {
    /** The options of `zendesk-messenger-auth/dev`. */
    zendeskMessengerDev?: ZendeskMessengerDev;
  }
}

/**
 * Reads the options of the page. Only a plain object counts: an element or a frame with this id or name is a member of the
 * window, too, and somebody could put one into a page of real visitors.
 */
export function readOptions({ zendeskMessengerDev: given }: Pick<Window, 'zendeskMessengerDev'>): {
  readonly isAllowed: boolean;
  readonly usesOwnEndpoint: boolean;
} {
  const isPlain = typeof given === 'object' && given !== null && Object.getPrototypeOf(given) === Object.prototype;
  const { allow, tokenEndpoint } = isPlain ? given : {};
  return { isAllowed: allow === true, usesOwnEndpoint: tokenEndpoint === 'own' };
}
