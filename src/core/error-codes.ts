// The codes of all errors, with the comments that fill the table in docs/errors.md. Types only.

/**
 * What went wrong, as a stable string. Each code has three paragraphs: what happened, who must act, and
 * whether it is retried. `npm run docs:tables` writes them into docs/errors.md.
 */
export type MessengerErrorCode =
  /**
   * An option is missing, unknown or wrong: `createMessenger` throws this error. Or the id for `setUser()` is not a
   * string: its promise rejects with it.
   *
   * You: correct the call. The message names what is wrong.
   *
   * Retry: no.
   */
  | 'invalid_option'
  /**
   * `login()`, `load()` or `setUser()` was called on a server.
   *
   * You: call it in the browser only.
   *
   * Retry: no.
   */
  | 'no_window'
  /**
   * `login()`, `load()` or `setUser()` was called after `destroy()`, or `destroy()` was called while one of them was
   * waiting.
   *
   * You: create a new messenger.
   *
   * Retry: no.
   */
  | 'destroyed'
  /**
   * Zendesk's script did not load within `loadTimeoutMs`, or could not be inserted: see `cause`.
   *
   * Usually nobody: the visitor has a blocker. Offer another contact. If every visitor has it, you: check your CSP
   * and the network.
   *
   * Retry: after `login()` was called, every 30 to 40 s at first, then after growing waits of up to 15 minutes, and
   * when the visitor or the network comes back.
   */
  | 'script_blocked'
  /**
   * The script ran, but no messenger started in time. Zendesk gives no reason.
   *
   * You: check the key, the channel's allowed domains in the Admin Center, and your CSP.
   *
   * Retry: after `login()` was called, every 30 to 40 s at first, then after growing waits of up to 15 minutes.
   */
  | 'messenger_unavailable'
  /**
   * The key belongs to a Web Widget (Classic).
   *
   * You: use the key of a messaging channel.
   *
   * Retry: stops.
   */
  | 'classic_widget'
  /**
   * The page already has a messenger with another key. Zendesk ignores the second one, and tokens would go to the first.
   *
   * You: call `remove()` on the messenger with the first key before you load the second one, or use one key on each page.
   *
   * Retry: stops.
   */
  | 'key_conflict'
  /**
   * `getToken` or a function of `tokenUrl` threw an error, or the endpoint answered 408, 425, 429 or 5xx, or did not answer
   * in time.
   *
   * Your backend team, if it lasts. `cause` is what was thrown.
   *
   * Retry: yes, after random waits of up to 30 s at first and up to 15 minutes later, and when the visitor or the
   * network comes back; `login()` rejects after the third failure.
   */
  | 'token_failed'
  /**
   * The endpoint answered with another 4xx. The message has the status.
   *
   * You: check `tokenUrl`, and that the endpoint accepts a POST. After a 403, 419 or 422, look for a missing CSRF token, a
   * firewall, or a missing permission. If nobody is signed in, answer 204 or `{ "token": null }`.
   *
   * Retry: stops; for a signed-in visitor until you call `login()`, the messenger asks, the tab becomes visible
   * again or the network comes back.
   */
  | 'token_rejected'
  /**
   * `getToken` returned no string and no object with a token, but for example `undefined` or a Promise in an object. Or the
   * member `token` or `jwt` is a number.
   *
   * You: return the JWT, or `null` when nobody is signed in.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_not_string'
  /**
   * No token was found in the answer, or several: a web page, an empty answer, JSON without `token` and `jwt`, only tokens
   * of another system.
   *
   * Your backend team: return the bare token. Do not redirect to a sign-in page.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_malformed'
  /**
   * The token had already expired when it arrived.
   *
   * Your backend team: sign a new token for each request, and check the server's clock.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_expired'
  /**
   * The same token came again when a new one was needed.
   *
   * Your backend team: sign a new token for each request. Do not keep one in a cache, in the session or in the page.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'token_repeated'
  /**
   * `exp` is not a number of seconds, but a string or milliseconds.
   *
   * Your backend team: set it to `Math.floor(Date.now() / 1000) + 900`, a number.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'exp_invalid'
  /**
   * The token has no `external_id`, or an empty one.
   *
   * Your backend team: set it. The name is `external_id`, not `userId` or `sub`.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'external_id_missing'
  /**
   * `external_id` is a number or something else.
   *
   * Your backend team: send `"123"`, not `123`.
   *
   * Retry: once, then stops until the visitor or the network comes back, or `login()` is called; continues for a
   * signed-in visitor.
   */
  | 'external_id_not_string'
  /**
   * Zendesk refused two tokens in a row, or one token and no other came. `reason` is what Zendesk said. After a 403, the
   * key or the channel does not allow the sign-in, and the signature is not the cause.
   *
   * Your backend team: see `reason` and `findings`.
   *
   * Retry: once with a new token, then stops.
   */
  | 'invalid_auth'
  /**
   * Zendesk answered 409: it knows the verified e-mail under another `external_id`.
   *
   * Your backend team: never change the `external_id` of a user. Your Zendesk administrator: delete the old user with
   * Zendesk's API. Or leave `email` out of the token.
   *
   * Retry: stops.
   */
  | 'identity_conflict'
  /**
   * Zendesk did not answer the sign-in, or answered 429, 5xx or a 4xx without a code of its own, such as 400: see `reason`.
   * Or the previous user's stored identity cannot be removed, so nobody else may sign in.
   *
   * Usually nobody. If it lasts, you: check the network and Zendesk's status. After a 4xx, check the token.
   *
   * Retry: yes, after random waits of up to 30 s at first and up to 15 minutes later, and when the visitor or the
   * network comes back; `login()` rejects after the third failure.
   */
  | 'login_failed';
