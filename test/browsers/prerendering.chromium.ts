// A page that Chromium loads and runs before the visitor goes to it.
//
// The page itself tells the test's server how far it is. Puppeteer loses the page when Chromium puts the prerendered one in
// its place (“Attempted to use detached Frame”). A second DevTools session (`createCDPSession`) turns prerendering off.
import { expect } from 'vitest';
import { describeInChromium, it } from './in-browser.js';
import { htmlPage, LIBRARIES, pageWith } from './pages.js';
import { eventually } from './visit.js';

const RULES = { prerender: [{ urls: ['/account'], eagerness: 'immediate' }] };
const FIRST_PAGE = htmlPage(
  `<script type="speculationrules">${JSON.stringify(RULES)}</script><a href="/account">Your account</a>`,
);

// The three requests run one after another. A request that login() makes at once arrives before the last of them.
const SIGN_IN_AND_TELL = `<script type="module">
  const signIn = messenger.login();
  for (const round of [1, 2, 3]) await fetch('/round/' + round + '?prerendered=' + document.prerendering);
  const { status, externalId } = await signIn;
  const [{ activationStart }] = performance.getEntriesByType('navigation');
  await fetch('/' + status + '/' + externalId + '?activated=' + (activationStart > 0));
</script>`;

describeInChromium('prerendering', () => {
  it.for(LIBRARIES)(
    'a prerendered page requests no token and no script until the visitor comes: %s file',
    async (library, { visit: openVisit }) => {
      const visit = await openVisit();
      const { pages, origin, endpoint, urls, backend } = visit;
      pages.set('/account', pageWith(library, { after: SIGN_IN_AND_TELL }));
      await visit.open(FIRST_PAGE);
      await eventually(() => expect(urls).toContain(`${origin}/round/3?prerendered=true`));
      const isOfSignIn = (url: string) => !url.startsWith(origin) || url.endsWith('/zendesk-token');
      expect(urls.filter(isOfSignIn)).toEqual([]);

      await visit.click('a');
      // The address says that the page was not loaded again: the visitor sees the prerendered one.
      await eventually(() => expect(urls).toContain(`${origin}/signed-in/user-1?activated=true`));
      expect(endpoint.requests).toHaveLength(1);
      expect(backend.visitors).toMatchObject([{ externalId: 'user-1', signedIn: true }]);
    },
  );
});
