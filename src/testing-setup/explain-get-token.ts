// Says what to do when the page's own `getToken` gets no answer in a test.
import type { MessengerOptions } from '../index.js';

const MODULE = 'zendesk-messenger-auth/testing/setup';

/**
 * Returns the options with a `getToken` that explains its failures, at once on the console and in the error. A `tokenUrl`
 * needs no explanation, because the setup answers it.
 *
 * @param takeUnanswered - returns the page's own URL to which a request has just failed
 */
export function explainGetToken(options: MessengerOptions, takeUnanswered: () => string | undefined): MessengerOptions {
  const { getToken } = options;
  if (typeof getToken !== 'function') return options;
  return {
    ...options,
    async getToken(request) {
      takeUnanswered();
      try {
        return await getToken(request);
      } catch (cause) {
        if (request.signal.aborted) throw cause;
        const text = describe(takeUnanswered());
        window.console.error(text, cause);
        throw new Error(text, { cause });
      }
    },
  };
}

function describe(url: string | undefined): string {
  const what =
    url === undefined
      ? `getToken failed in a test. If it sends a request to your token endpoint, call answerTokensAt(url)`
      : `getToken failed in a test, because nothing answers ${url}. Call answerTokensAt('${url}')`;
  return `${what} of ${MODULE}, or let a stub of fetch or msw answer.`;
}
