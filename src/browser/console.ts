/** The prefix of everything that the library shows on a page: console messages, marks and policies. */
export const NAME = 'zendesk-messenger-auth:';

/** Logs a warning for the site's developer, about something that is not an error. */
export function logWarning(text: string): void {
  log('warn', text);
}

/** Logs an error that the site may not have handled, or that one of its callbacks threw. */
export function logError(error: unknown): void {
  log('error', error);
}

// A page or a test setup may have replaced the console function with one that throws.
function log(level: 'warn' | 'error', value: unknown): void {
  try {
    console[level](NAME, value);
  } catch {
    // There is no other way to report it.
  }
}
