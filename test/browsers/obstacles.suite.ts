import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY, LIBRARIES, pageWith } from './pages.js';
import { eventually } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };

// What Zendesk asks of a policy [M 38], besides script-src.
const HOSTS = 'https://*.zdassets.com https://*.zendesk.com';
const POLICY = `default-src 'none'; connect-src 'self' ${HOSTS}; style-src 'unsafe-inline'; img-src data:; script-src `;
const NONCE = 'cmFuZG9t';
const NOTE_VIOLATIONS = `<script nonce="${NONCE}">
  violations = [];
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    violations.push(violatedDirective + ' ' + new URL(blockedURI, location.href).host);
  });
</script>`;

describeInBrowser('what stands in the way', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it('a blocked snippet does not break the page, and the next login() signs in', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.blocked.add('snippet');
      const after = `<script type="module">document.title = 'The rest of the page';</script>`;
      await visit.open(pageWith(library, { after }));
      expect(await visit.login()).toEqual({ code: 'script_blocked' });
      expect(await visit.evaluate('document.title')).toBe('The rest of the page');
      await visit.run(({ messenger }) => {
        messenger.zE('messenger:set', 'conversationTags', ['checkout']);
        messenger.zE('messenger', 'open');
      });
      visit.blocked.clear();
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(
        await visit.run(({ fakeZendeskMessenger: { boots, conversationTags, isOpen } }) => {
          return { boots, conversationTags, isOpen };
        }),
      ).toEqual({ boots: 1, conversationTags: ['checkout'], isOpen: true });
      expect(await visit.count('script#ze-snippet')).toBe(1);
    });

    it('a blocked configuration leaves the page without a messenger, and the next login() signs in', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit();
      visit.blocked.add('compose');
      await visit.open(pageWith(library, { options: { loadTimeoutMs: 5000 } }));
      expect(await visit.login()).toEqual({ code: 'messenger_unavailable' });
      // On a busy machine the request comes later, and would not be blocked any more.
      await eventually(() => expect(visit.urls.filter((url) => url.includes('/compose/'))).not.toEqual([]));
      visit.blocked.clear();
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.count('script#ze-snippet')).toBe(1);
      expect(await visit.run(({ fakeZendeskMessenger: { boots } }) => boots)).toBe(1);
    });

    it.for([
      ["'nonce-…' 'strict-dynamic'", `'nonce-${NONCE}' 'strict-dynamic'`],
      ["'nonce-…' alone", `'nonce-${NONCE}'`],
    ] as const)('works under a content security policy with %s', async ([, scripts], { visit: openVisit }) => {
      const visit = await openVisit();
      const page = pageWith(library, { options: { nonce: NONCE }, nonce: NONCE, before: NOTE_VIOLATIONS });
      await visit.open(page, { 'content-security-policy': POLICY + scripts });
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
      expect(await visit.evaluate('violations')).toEqual([]);
    });

    it('a content security policy blocks the snippet without a nonce', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      const page = pageWith(library, { nonce: NONCE, before: NOTE_VIOLATIONS });
      await visit.open(page, { 'content-security-policy': `${POLICY}'nonce-${NONCE}'` });
      expect(await visit.login()).toEqual({ code: 'script_blocked' });
      expect(await visit.evaluate('violations')).toEqual(['script-src-elem static.zdassets.com']);
    });
  });

  it('the script tag that starts on its own passes its nonce on to the snippet', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await visit.open(
      htmlPage(`${NOTE_VIOLATIONS}<script nonce="${NONCE}" src="/dist/zendesk-messenger-auth.iife.min.js"
        data-key="${KEY}" data-token-url="/zendesk-token"></script>`),
      { 'content-security-policy': `${POLICY}'nonce-${NONCE}'` },
    );
    await eventually(async () => {
      expect(await visit.evaluate('zendeskMessenger.getSnapshot()')).toMatchObject(SIGNED_IN);
    });
    expect(await visit.evaluate('violations')).toEqual([]);
  });
});
