const NAME = 'zendesk-messenger-auth:';

/** Tells the site's developer something that no error carries. */
export function warn(text: string): void {
  console.warn(NAME, text);
}

/** Tells of an error that nobody may have waited for, or of a host's callback that threw. */
export function complain(error: unknown): void {
  console.error(NAME, error);
}
