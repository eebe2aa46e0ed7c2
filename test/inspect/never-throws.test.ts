import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Finding } from '../../src/core/findings.js';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import { explain } from '../../src/inspect/explain.js';
import { checkSignature, inspectToken, redact } from '../../src/inspect/index.js';
import { DEEP, HOSTILE, LONG, ODD_JSON, ODD_TOKENS } from './hostile-values.js';
import { base64url, CLAIMS, HEADER, KEY_ID, NOW_MS, SECRET, sign, signParts, signTexts } from './tokens.js';

const NOW = { nowMs: NOW_MS };
const OTHER_SECRET = `${SECRET}x`;

const anyValue = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});
// Lone surrogates included.
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const anyClaims = fc.dictionary(
  fc.oneof(
    fc.constantFrom(
      ...Object.keys({ ...CLAIMS, ...HEADER }),
      'nbf',
      'email',
      'name',
      'jti',
      '__proto__',
      'constructor',
      'toString',
    ),
    anyText,
  ),
  fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom(1e300, -0, '1', NOW_MS, CLAIMS.exp)),
);
const anyPart = fc.oneof(
  fc.string({ unit: fc.constantFrom(...'ABCDabcd0123-_') }),
  fc.json().map(base64url),
  anyText.map(base64url),
);
const latin1 = fc
  .record({ name: fc.string({ unit: fc.constantFrom('é', 'ü', 'a') }), external_id: fc.string() })
  .map((claims) => Buffer.from(JSON.stringify({ ...CLAIMS, ...claims }), 'latin1'));
const anyToken = fc.oneof(
  fc.tuple(anyText, anyText, anyClaims).map(([before, after, claims]) => before + sign(claims) + after),
  fc
    .tuple(latin1, anyText)
    .map(([payload, after]) => signParts(base64url('{"alg":"HS256"}'), base64url(payload)) + after),
  fc.uint8Array({ minLength: 64, maxLength: 64 }).map((bytes) => sign({}, { kid: base64url(bytes) })),
  fc.integer({ min: -30, max: 30 }).map((halves) => sign({ iat: NOW_MS / 1000 + halves * 1800, exp: NOW_MS / 1000 })),
  anyText,
  fc.array(anyPart, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
  fc.tuple(anyClaims, anyClaims).map(([header, claims]) => sign(claims, header)),
  fc.tuple(fc.json(), fc.json()).map(([header, payload]) => signTexts(header, payload)),
);

function expectFindings(findings: readonly Finding[]): void {
  for (const finding of findings) {
    expect(CATALOGUE).toHaveProperty(finding.code);
    expect(finding.message).toMatch(/^\S.*[.]$/);
    expect(finding.message + finding.remedy).not.toMatch(/NaN|\[object|Infinity/);
    expect(finding.remedy.length).toBeGreaterThan(10);
  }
}

/** Calls the synchronous functions twice. Both results must be the same. */
function inspectTwice(value: unknown): void {
  const findings = inspectToken(value, NOW);
  expectFindings(findings);
  expect(inspectToken(value, NOW)).toEqual(findings);
  expectFindings(inspectToken(value, { ...NOW, clock: 'server', isNew: true }));
  expectFindings(inspectToken(value, { ...NOW, product: 'chat' }));
  expectFindings(inspectToken(value, { ...NOW, product: 'help-center' }));
  const text = redact(value, NOW);
  expect(redact(value, NOW)).toBe(text);
  expect(JSON.parse(text)).toHaveProperty('token');
  for (const code of ['invalid_auth', 'token_malformed'] as const) {
    const explanation = explain(code, value, NOW_MS, 100_000);
    expectFindings(explanation[1]);
    expect(explain(code, value, NOW_MS, 100_000)).toEqual(explanation);
  }
}

/** Calls all functions. The secret is wrong, so that checkSignature looks for every mistake. */
async function inspectWithSignature(value: unknown): Promise<void> {
  expectFindings(inspectToken(value, NOW));
  redact(value, NOW);
  explain('invalid_auth', value, NOW_MS);
  expectFindings(await checkSignature(value, OTHER_SECRET));
}

describe('the doctor never throws', () => {
  it('for any value', () => {
    fc.assert(fc.property(anyValue, inspectTwice), { numRuns: 300 });
  });

  it('for any text', () => {
    fc.assert(fc.property(anyToken, inspectTwice), { numRuns: 400 });
  });

  it('when it checks the signature of any value', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(anyValue, anyToken), async (value) => {
        expectFindings(await checkSignature(value, OTHER_SECRET));
      }),
      { numRuns: 25 },
    );
  });

  it('for any secret that is not empty', async () => {
    const secrets = anyText.filter((secret) => /[a-z0-9]/i.test(secret));
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        expectFindings(await checkSignature(sign(), secret));
      }),
      { numRuns: 8 },
    );
  });

  it.each(Object.entries(HOSTILE))('for %s', async (_what, value) => {
    inspectTwice(value);
    await inspectWithSignature(value);
    await inspectWithSignature({ token: value });
  });

  it.each(Object.entries(LONG))('for a million characters of %s', (_what, text) => inspectWithSignature(text));

  it.each(Object.entries(DEEP))('for %s', (_what, text) => inspectWithSignature(text));

  it.each(ODD_TOKENS)('for the token %s', (token) => inspectTwice(token));

  it.each(ODD_JSON)('when it checks the signature of %s', (json) => inspectWithSignature(signTexts(json, json)));

  it.each([null, undefined, 7, 'x', {}, { nowMs: NaN }, { nowMs: undefined }, { nowMs: '1' }, { nowMs: 1n }])(
    'with the options %s, and then uses the local clock',
    (options) => {
      vi.useFakeTimers({ now: NOW_MS });
      expect(inspectToken(sign(), options as object)).toEqual([]);
      expect(redact(sign(), options as object)).toBe(redact(sign(), NOW));
    },
  );
  afterEach(() => vi.useRealTimers());
});

describe('the doctor is pure', () => {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
    return value;
  };

  it('does not change its arguments', async () => {
    const response = () => ({ data: { user: [1, { jwt: ` ${sign({ email: 'a@b.example' })} ` }] }, status: 200 });
    const given = response();
    await inspectWithSignature(given);
    expect(given).toEqual(response());
    await inspectWithSignature(freeze(response()));
  });

  it('returns the same result after a caller has changed an earlier result', async () => {
    const [header, payload] = sign().split('.');
    const rewritten = signTexts(JSON.stringify(HEADER, null, 2), JSON.stringify(CLAIMS)).split('.')[2];
    const answers = async () => [
      ...inspectToken(sign({ exp: '1' }), NOW),
      ...(await checkSignature(`${header}.${payload}.${rewritten}`, SECRET)),
      ...explain('invalid_auth', sign(), NOW_MS)[1],
    ];
    const first = await answers();
    const before = structuredClone(first);
    for (const finding of first) Object.assign(finding, { code: 'x', message: 'x', remedy: 'x' });
    expect(await answers()).toEqual(before);
  });

  it('adds no globals, and uses no network, timers, console or clock', async () => {
    const before = Reflect.ownKeys(globalThis);
    const calls = ['fetch', 'setTimeout', 'queueMicrotask'].map((name) => vi.spyOn(globalThis, name as 'fetch'));
    const logs = (['log', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
    const now = vi.spyOn(Date, 'now');
    inspectTwice({ token: sign() });
    await checkSignature(sign(), KEY_ID);
    for (const spy of [...calls, ...logs, now]) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    expect(Reflect.ownKeys(globalThis)).toEqual(before);
  });
});
