/** The prefix of everything that the library shows on a page: console messages, marks and policies. */
export const NAME = 'zendesk-messenger-auth:';

/** Warns the site's developer about something that is no error. */
export function warn(text: string): void {
  tell('warn', text);
}

/** Reports an error that the site may not have handled, or that one of its callbacks threw. */
export function complain(error: unknown): void {
  tell('error', error);
}

// A page or a test setup may have replaced the console function with one that throws.
function tell(how: 'warn' | 'error', what: unknown): void {
  try {
    console[how](NAME, what);
  } catch {
    // There is no other way to report it.
  }
}
