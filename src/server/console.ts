// The console of the server. The only file here that writes to it.

/** Writes an error for the people who run the server. */
export function reportError(error: unknown): void {
  console.error(error);
}

/** Writes a warning, once at start. */
export function warn(text: string): void {
  console.warn(`[zendesk-messenger-auth] ${text}`);
}
