/** Stands before all that a page gets to see of the library. */
export const NAME = 'zendesk-messenger-auth:';

/** Tells the site's developer something that no error carries. */
export function warn(text: string): void {
  tell('warn', text);
}

/** Tells of an error that nobody may have waited for, or of a host's callback that threw. */
export function complain(error: unknown): void {
  tell('error', error);
}

// A page, or a test's set-up, may have put a function there that throws.
function tell(how: 'warn' | 'error', what: unknown): void {
  try {
    console[how](NAME, what);
  } catch {
    // There is nobody left to tell.
  }
}
