// Who is signed in to the Web Widget (Classic).

/** A user who is signed in to a product of the Web Widget (Classic). */
export interface ClassicUser {
  /** The token's `name`. */
  readonly name: string;
  /** The token's `external_id`. `undefined` if it has none. */
  readonly externalId: string | undefined;
}

/** Who is signed in to the products of the Web Widget (Classic). `undefined`: nobody. */
export interface ClassicUsers {
  /** Whom the agents see in the chat. `undefined`: an anonymous visitor. */
  readonly chat: ClassicUser | undefined;
  /** Whose restricted articles the widget shows. `undefined`: only public articles. */
  readonly helpCenter: ClassicUser | undefined;
}
