// The page's own `fetch`: it also answers for the token endpoints of pages that have a `getToken`.
export interface PageFetch {
  readonly fetch: typeof globalThis.fetch;
  /** Lets `answer` answer all requests to this URL. */
  answerAt(url: string): void;
  /** The page's own URL to which the last request failed. Forgotten when it is read. */
  takeUnanswered(): string | undefined;
}

/**
 * @param original - gets all other requests
 * @param answer - answers a request for a token
 */
export function createPageFetch(original: typeof globalThis.fetch, answer: () => Response): PageFetch {
  const answered = new Set<string>();
  let unanswered: string | undefined;
  return {
    answerAt: (url) => void answered.add(locate(url)),
    takeUnanswered() {
      const taken = unanswered;
      unanswered = undefined;
      return taken;
    },
    async fetch(input, init) {
      const place = locate(readUrl(input));
      if (answered.has(place)) return answer();
      try {
        return await original(input, init);
      } catch (error) {
        const { origin } = document.location;
        if (place.startsWith(`${origin}/`)) unanswered = place.slice(origin.length);
        throw error;
      }
    },
  };
}

const readUrl = (input: string | URL | Request): string =>
  typeof input === 'object' && 'url' in input ? input.url : String(input);

/** Returns the URL without its query. */
function locate(url: string): string {
  try {
    const { origin, pathname } = new URL(url, document.baseURI);
    return origin + pathname;
  } catch {
    return url;
  }
}
