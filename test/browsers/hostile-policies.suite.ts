// Pages whose policies let in almost nothing.
import { describe, expect } from 'vitest';
import type { MessengerAuthError } from '../../src/index.js';
import { describeInBrowser, it } from './in-browser.js';
import { htmlPage, KEY, LIBRARIES, libraryScript, pageWith, startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };
const NONCE = 'cmFuZG9t';
const NAME = 'zendesk-messenger';
const STRICT_DYNAMIC =
  `default-src 'none'; connect-src 'self' https://*.zdassets.com https://*.zendesk.com; style-src 'unsafe-inline'; ` +
  `img-src data:; script-src 'nonce-${NONCE}' 'strict-dynamic'`;
const TRUSTED_TYPES = `require-trusted-types-for 'script'; trusted-types ${NAME}`;
// Neither lets in what the other one lets in.
const BOTH = `${STRICT_DYNAMIC}; ${TRUSTED_TYPES}`;

const named = { trustedTypesPolicy: NAME };
const underPolicy = (visit: Visit, html: string, policy: string) =>
  visit.open(html, { 'content-security-policy': policy });

/** What `login()` rejects with, and why. */
function failure({ run }: Visit) {
  return run(({ messenger }) =>
    messenger.login().then(
      () => 'It did not reject',
      ({ code, cause, findings }: MessengerAuthError) => ({
        code,
        cause: String(cause),
        findings: findings?.map((finding) => finding.code),
      }),
    ),
  );
}

const hasTrustedTypes = ({ run }: Visit) => run((window) => 'trustedTypes' in window);

describeInBrowser('a strict policy', () => {
  describe.each(LIBRARIES)('with the %s file', (library) => {
    it("with 'strict-dynamic' loads the token doctor, too", async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.claims = { external_id: 7 };
      await underPolicy(visit, pageWith(library, { options: { nonce: NONCE }, nonce: NONCE }), STRICT_DYNAMIC);
      expect(await failure(visit)).toMatchObject({ findings: ['external_id_not_string'] });
    });

    it('with Trusted Types works when the option names a policy', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await underPolicy(visit, pageWith(library, { options: { ...named, nonce: NONCE }, nonce: NONCE }), BOTH);
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await visit.send('hello')).toEqual({ sentAs: 'user', externalId: 'user-1' });
    });

    it('with Trusted Types loads the token doctor, too', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      visit.endpoint.claims = { external_id: 7 };
      await underPolicy(visit, pageWith(library, { options: { ...named, nonce: NONCE }, nonce: NONCE }), BOTH);
      expect(await failure(visit)).toMatchObject({ findings: ['external_id_not_string'] });
    });

    it('with Trusted Types, and without the option: the error says what was blocked', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await underPolicy(visit, pageWith(library), TRUSTED_TYPES);
      if (!(await hasTrustedTypes(visit))) return expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await failure(visit)).toMatchObject({
        code: 'script_blocked',
        // Each engine in its own words.
        cause: expect.stringMatching(/^TypeError: .*(TrustedScriptURL|Sink type mismatch)/),
      });
    });

    it('that allows another policy name: the error says which name was refused', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      await underPolicy(visit, pageWith(library, { options: { trustedTypesPolicy: 'of-another' } }), TRUSTED_TYPES);
      if (!(await hasTrustedTypes(visit))) return expect(await visit.login()).toEqual(SIGNED_IN);
      expect(await failure(visit)).toMatchObject({
        code: 'script_blocked',
        cause: expect.stringMatching(/^TypeError: .*of-another/),
      });
      expect(visit.consoleLines.join()).toContain('of-another');
    });
  });

  it('with Trusted Types: the policy is created once for all messengers and copies', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    visit.blocked.add('snippet');
    const again = `window.startAgain = () => { ${startMessenger('messenger', named)} };`;
    const page = htmlPage(
      libraryScript('IIFE', `${startMessenger('messenger', named)} ${again}`) +
        libraryScript('ESM', startMessenger('other', named)),
    );
    await underPolicy(visit, page, TRUSTED_TYPES);
    const logIn = (name: 'messenger' | 'other') =>
      visit.run(
        (window, which) =>
          (window as unknown as Record<string, typeof window.messenger>)[which]!.login().then(
            ({ status }) => status,
            ({ code, cause }: MessengerAuthError) => `${code} ${String(cause)}`,
          ),
        name,
      );
    // Each of them puts a tag of its own on the page.
    expect(await logIn('messenger')).toBe('script_blocked undefined');
    expect(await logIn('other')).toBe('script_blocked undefined');
    await visit.run((window) => {
      window.messenger.destroy();
      (window as unknown as { startAgain(): void }).startAgain();
    });
    expect(await logIn('messenger')).toBe('script_blocked undefined');
    visit.blocked.clear();
    expect(await logIn('messenger')).toBe('signed-in');
  });

  it('with Trusted Types: the policy allows two addresses only', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    await underPolicy(visit, pageWith('IIFE', { options: named }), TRUSTED_TYPES);
    await visit.login();
    if (!(await hasTrustedTypes(visit))) return;
    const made = await visit.run((window) => {
      const policy = (window as any)[Symbol.for('zendesk-messenger-auth:zendesk-messenger')];
      return [
        'https://static.zdassets.com/ekr/snippet.js?key=x',
        new URL('/dist/zendesk-messenger-auth.explain.iife.min.js', window.location.href).href,
        'https://static.zdassets.com/ekr/snippet.json',
        'https://evil.example/?https://static.zdassets.com/ekr/snippet.js?key=',
        'https://evil.example/zendesk-messenger-auth.explain.iife.min.js',
        'data:text/javascript,alert(1)',
      ].map((url) => String(policy.createScriptURL(url)) !== '');
    });
    expect(made).toEqual([true, true, false, false, false, false]);
  });

  it('with Trusted Types, and a script tag that starts on its own: the attribute names the policy', async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await underPolicy(
      visit,
      `<!doctype html><body><script nonce="${NONCE}" src="/dist/zendesk-messenger-auth.iife.min.js" data-key="${KEY}"
        data-token-url="/zendesk-token" data-trusted-types-policy="${NAME}"></script>`,
      BOTH,
    );
    await eventually(async () => {
      expect(
        await visit.run((window) =>
          (window as unknown as { zendeskMessenger: typeof window.messenger }).zendeskMessenger.getSnapshot(),
        ),
      ).toMatchObject(SIGNED_IN);
    });
  });
});
