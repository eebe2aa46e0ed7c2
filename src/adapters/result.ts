// The parts of the adapters' results that are the same in each framework.

/** What every adapter can do. Both functions stay the same for a messenger, so they can be dependencies of an effect. */
export interface MessengerActions {
  /**
   * Opens the messenger's window. Loads the messenger first if nothing has loaded it yet, and retries if loading has
   * failed. Signs nobody in. With a consent that is pending, the window opens after the visitor has consented.
   */
  readonly open: () => void;
  /** Closes the messenger's window. Does nothing if it is not open. */
  readonly close: () => void;
}

/** Who is signed in to the site: an id as `setUser()` takes it, and `null`, `undefined` or `''` for nobody. */
export type UserId = string | null | undefined;
