import { describe, expect, it } from 'vitest';
import { printReport, type Report } from '../../src/cli/print.js';
import type { TokenEndpointFinding } from '../../src/endpoint-check/endpoint-findings.js';
import { createFinding } from '../../src/inspect/catalogue.js';
import { inspectToken } from '../../src/inspect/index.js';
import { FIRST_POST } from './tokens.js';

const PLAIN = { width: 80, hasColor: false };
const CLEAN: Report = { findings: [], hasToken: true, hasSecret: false, isSignatureChecked: false };
const FIRST: Report = { ...CLEAN, findings: inspectToken(FIRST_POST, { nowMs: 1_795_400_000_000 }) };

describe('the printed report', () => {
  it('lists findings, remedies and code for a refused token', () => {
    expect(printReport(FIRST, PLAIN)).toBe(`✗ error  exp_not_number  (time)
  exp is a string, not a number. As a number, it would be in 1970.
  → Set exp to a number of seconds since 1970, without quotes.
    Node    Math.floor(Date.now() / 1000) + 900
    PHP     time() + 900
    Python  int(time.time()) + 900
    Ruby    Time.now.to_i + 900
    Java    Instant.now().getEpochSecond() + 900
    C#      new Claim("exp", DateTimeOffset.UtcNow.AddMinutes(15).ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)

✗ error  expired  (time)
  The token expired in 1970.
  → Sign a new token for each request, and do not cache it. Set exp to a time in
    the future.
    Code: see exp_not_number above.

i info  email_unverified  (payload)
  There is an email but no email_verified. Zendesk shows the address, but does
  not identify the user by it.
  → If your site has verified the address, add email_verified: true. If not,
    change nothing.

i info  iat_missing  (time)
  The token has no iat (time of signing).
  → Set iat to the time of signing. Then a wrong clock on the visitor's computer
    does not matter.
    Node    Math.floor(Date.now() / 1000)
    PHP     time()
    Python  int(time.time())
    Ruby    Time.now.to_i
    Java    Instant.now().getEpochSecond()
    C#      new Claim("iat", DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(), ClaimValueTypes.Integer64)

2 errors, 2 infos
The signature was not checked. To check it, add --secret-env NAME or
--secret-file FILE.
`);
  });

  it('lists what the token does not show when nothing is found', () => {
    expect(printReport(CLEAN, PLAIN)).toBe(`Found nothing that Zendesk would refuse.
If Zendesk still refuses the token, check what it does not show: whether the
secret is right, whether the key id (kid) belongs to the secret, whether the key
belongs to this account, and whether the e-mail belongs to another user (409).
The signature was not checked. To check it, add --secret-env NAME or
--secret-file FILE.
`);
  });

  it('says that the signature is correct, and does not mention the secret then', () => {
    const text = printReport({ ...CLEAN, isSignatureChecked: true }, PLAIN);
    expect(text).toMatch(
      /^Found nothing .*\nThe signature is correct: the token was signed with this secret\.\nIf Zendesk still refuses the token, check what it does not show: whether the key\n/,
    );
    expect(text).not.toContain('not checked');
  });

  it('asks for a secret only when none was given', () => {
    const text = printReport({ ...CLEAN, hasSecret: true }, PLAIN);
    expect(text).toMatch(/\nThe signature was not checked\.\n$/);
    expect(text).not.toContain('--secret');
  });

  it('does not say that nothing would be refused when the token seems to contain the secret', () => {
    const finding = { ...createFinding('secret_exposed', 'kid looks like a secret.'), severity: 'warning' } as const;
    const text = printReport({ ...CLEAN, findings: [finding] }, PLAIN);
    expect(text).toMatch(/\n\n1 warning\nThe signature was not checked/);
    const other = createFinding('kid_unusual', 'kid does not look like a Zendesk key id.');
    expect(printReport({ ...CLEAN, findings: [other] }, PLAIN)).toContain('Found nothing that Zendesk would refuse.');
  });

  it('says that the signature is correct below findings of another part only', () => {
    const sentence = 'The signature is correct';
    expect(printReport({ ...FIRST, isSignatureChecked: true }, PLAIN)).toContain(sentence);
    const wrong: TokenEndpointFinding = createFinding('signature_invalid', 'The signature does not match the secret.');
    expect(printReport({ ...FIRST, findings: [wrong], isSignatureChecked: true }, PLAIN)).not.toContain(sentence);
  });

  it('says that nothing would be refused when there are only warnings and infos', () => {
    const findings = FIRST.findings.filter(({ severity }) => severity === 'info');
    expect(printReport({ ...FIRST, findings }, PLAIN)).toContain(
      '\n\nFound nothing that Zendesk would refuse. (2 infos)\nIf Zendesk still refuses',
    );
  });

  it('says that no token was checked when none arrived', () => {
    const findings = FIRST.findings.slice(2, 3);
    const text = printReport({ ...CLEAN, findings, hasToken: false }, PLAIN);
    expect(text).toMatch(/\n\n1 info\nNo token arrived, so no token was checked\.\n$/);
  });

  it.each([40, 60, 100])('fits in %i columns, except for code', (width) => {
    const lines = printReport(FIRST, { width, hasColor: false }).split('\n');
    const prose = lines.filter((line) => !/^ {4}(?:Node|PHP|Python|Ruby|Java|C#) /.test(line));
    expect(Math.max(...prose.map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(Math.max(...prose.map(({ length }) => length))).toBeGreaterThan(width - 30);
  });

  it('has the same text with colors as without', () => {
    const text = printReport(FIRST, { width: 80, hasColor: true });
    expect(text).toContain('\u001b[31m✗ error\u001b[0m  \u001b[1mexp_not_number\u001b[0m');
    expect(text).toContain('\u001b[31m2 errors, 2 infos\u001b[0m');
    // eslint-disable-next-line no-control-regex
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(printReport(FIRST, PLAIN));
  });
});
