// A link with a redacted report: it contains nothing secret, and only what the doctor has written is read from one.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packReport, readLink, type SignatureCheck } from '../../examples/doctor/shared-report.js';
import { checkSignature, inspectToken, mergeFindings, redact } from '../../src/inspect/index.js';
import { givenTokens, listSecrets, makeToken, zendeskSecret } from '../inspect/secret-tokens.js';
import { CLAIMS, HEADER, NOW_MS, NOW_S, sign, signTexts } from '../inspect/tokens.js';
import { createLeakFinder } from '../secret-runs.js';

const { findLeak } = createLeakFinder(['src/inspect']);
const PREFIX = '#report=';

function pack(token: string, check: SignatureCheck = 'none', more = inspectToken('', { nowMs: NOW_MS }).slice(1)) {
  const findings = mergeFindings(inspectToken(token, { nowMs: NOW_MS }), more);
  return packReport({ report: redact(token, { nowMs: NOW_MS }), findings, check, nowMs: NOW_MS });
}

type Json = Record<string, any>;
const open = (hash: string) => JSON.parse(Buffer.from(hash.slice(PREFIX.length), 'base64url').toString()) as Json;
const close = (content: unknown) => PREFIX + Buffer.from(JSON.stringify(content)).toString('base64url');

function read(hash: string | undefined) {
  const link = readLink(hash!);
  if (link.kind !== 'report') throw new Error(`The link is ${link.kind}`);
  return link.content;
}

describe('a link', () => {
  it('shows the redacted report, the time and the findings to whoever opens it', () => {
    const token = sign({ exp: String(NOW_S - 5), iat: NOW_S - 905, email: 'ada@soap.example' });
    const { report, findings, madeAtMs, check } = read(pack(token, 'right'));
    expect(report).toEqual(JSON.parse(redact(token, { nowMs: NOW_MS })));
    expect(findings.map(({ code, severity, part }) => [code, severity, part])).toEqual([
      ['exp_not_number', 'error', 'time'],
      ['expired', 'error', 'time'],
      ['email_unverified', 'info', 'payload'],
    ]);
    expect(findings[0]!.message).toBe('exp is a string or something else.');
    expect(findings[0]!.remedy).toMatch(/^Set exp to a number of seconds since 1970, without quotes\.\nNode: /);
    expect({ madeAtMs, check }).toEqual({ madeAtMs: NOW_MS, check: 'right' });
  });

  it('contains nothing of a token, an e-mail, an id or a secret, and is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(givenTokens, zendeskSecret, async (one, key) => {
        const token = makeToken(one, key);
        const value = one.wrap(token);
        // The page inspects only texts.
        if (typeof value !== 'string') return;
        const signature = await checkSignature(value, key);
        const hash = pack(value, signature.length > 0 ? 'wrong' : 'right', signature)!;
        expect(findLeak(JSON.stringify(open(hash)), [key, ...listSecrets(one, token)])).toBeUndefined();
        expect(read(hash).report).toEqual(JSON.parse(redact(value, { nowMs: NOW_MS })));
      }),
      { numRuns: 200 },
    );
  });

  it('is accepted for every kind of value that a report can show', () => {
    const times = [
      NOW_S,
      NOW_S + 90,
      NOW_S - 1e5,
      0,
      -1e12,
      1e13,
      1e17,
      6.3e17,
      1e300,
      ' 12',
      '12.5',
      'x',
      [1],
      {},
      true,
      null,
    ];
    for (const value of [
      ...times,
      'a',
      'a@b',
      ' a ',
      12,
      [1, 2],
      { a: 1 },
      'HS256',
      'JWT',
      'USER',
      'app_',
      'app_12',
      'app_x',
    ]) {
      const named = Object.fromEntries(
        ['exp', 'iat', 'nbf', 'alg', 'typ', 'scope', 'kid', 'x', 'Jane Soap'].map((name) => [name, value]),
      );
      const token = signTexts(JSON.stringify({ ...HEADER, ...named }), JSON.stringify({ ...CLAIMS, ...named }));
      expect(read(pack(token)).report).toEqual(JSON.parse(redact(token, { nowMs: NOW_MS })));
    }
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`claim ${index}`, 1]));
    const token = signTexts(JSON.stringify({ ...HEADER, ...many }), JSON.stringify(many));
    expect(read(pack(token)).report).toMatchObject({ payload: { '…': '250 more' } });
    for (const text of ['x', '', 'a.b', `Bearer ${sign()}`]) expect(read(pack(text)).findings).not.toEqual([]);
  });

  it('is not offered for what would not be accepted', () => {
    const report = JSON.stringify({ token: sign() });
    expect(packReport({ report, findings: [], check: 'none', nowMs: NOW_MS })).toBeUndefined();
    expect(packReport({ report: redact(sign()), findings: [], check: 'none', nowMs: 0 })).toBeUndefined();
  });
});

describe('reading', () => {
  const good = open(pack(sign())!);

  it.each([
    ['nothing', '', 'none'],
    ['only #', '#', 'none'],
    ['a token', `#token=${sign()}`, 'foreign'],
    ['a bare token', `#${sign()}`, 'foreign'],
    ['another name', '#reports=abc', 'foreign'],
    ['no content', PREFIX, 'damaged'],
    ['a token in place of the report', `${PREFIX}${sign()}`, 'damaged'],
    ['a link that was cut off', pack(sign())!.slice(0, -40), 'damaged'],
    ['a link with a space in it', `${PREFIX}${pack(sign())!.slice(PREFIX.length, 40)} x`, 'damaged'],
    ['text that is not UTF-8', `${PREFIX}_____w`, 'damaged'],
  ] as const)('%s', (_what, hash, kind) => {
    expect(readLink(hash)).toEqual({ kind });
  });

  const part = (value: Json) => ({ ...good, report: { ...good['report'], payload: value } });
  it.each<[string, unknown]>([
    ['a list', []],
    ['null', null],
    ['a text', 'report'],
    ['no report', { ...good, report: undefined }],
    ['another version', { ...good, v: 2 }],
    ['more than the page writes', { ...good, note: 'Call 555-0100' }],
    ['a time that is no number', { ...good, at: '1' }],
    ['a time in milliseconds', { ...good, at: NOW_MS }],
    ['a signature check with another result', { ...good, check: 'perfect' }],
    ['findings that are no list', { ...good, findings: {} }],
    ['an unknown finding', { ...good, findings: [['call_us', 'error', 'text']] }],
    ['a finding with the name of a method', { ...good, findings: [['toString', 'error', 'text']] }],
    ['a finding with a text', { ...good, findings: [['expired', 'error', 'time', 'Call 555-0100']] }],
    ['a finding that is made worse', { ...good, findings: [['iat_missing', 'error', 'time']] }],
    ['a finding that is made harmless', { ...good, findings: [['expired', 'info', 'time']] }],
    ['a finding in another place', { ...good, findings: [['expired', 'error', '<b>']] }],
    ['too many findings', { ...good, findings: Array(61).fill(['expired', 'error', 'time']) }],
    ['a report with a free text', { ...good, report: { ...good['report'], token: 'Call 555-0100' } }],
    ['a report with another member', { ...good, report: { ...good['report'], note: 'x' } }],
    ['a signature', { ...good, report: { ...good['report'], signature: 'AAAA' } }],
    ['an unknown hard_to_read', { ...good, report: { ...good['report'], hard_to_read: ['call_us'] } }],
    ['a payload that is a list', part([])],
    ['a claim with a value', part({ external_id: 'user-1' })],
    ['a claim with a number', part({ external_id: 12 })],
    ['a claim with HTML', part({ external_id: 'a string of 1 characters<img src=x>' })],
    ['a claim with a second line', part({ external_id: 'a string of 1 characters\nCall 555-0100' })],
    ['a claim with an object', part({ external_id: { a: 'a number' } })],
    ['a claim whose name is a sentence', part({ 'Call 555-0100': 'a number' })],
    ['a claim whose name is an e-mail', part({ 'a@b.example': 'a number' })],
    ['an alg in the wrong place', part({ name: 'HS256' })],
    [
      'too many claims',
      part(
        Object.fromEntries(
          Array.from({ length: 52 }, (_, i) => [`(claim ${i}, its name has 9 characters)`, 'a number']),
        ),
      ),
    ],
  ])('%s is damaged', (_what, content) => {
    expect(readLink(close(content))).toEqual({ kind: 'damaged' });
  });

  it('a link of more than 20,000 characters is damaged, whatever it contains', () => {
    const padded = PREFIX + Buffer.from(' '.repeat(15_000) + JSON.stringify(good)).toString('base64url');
    expect(readLink(padded)).toEqual({ kind: 'damaged' });
    expect(readLink(close(good)).kind).toBe('report');
  });

  it('never throws, and returns only texts that the doctor or redact() could have written', () => {
    const names = fc.constantFrom(
      'v',
      'at',
      'check',
      'findings',
      'report',
      'token',
      'header',
      '__proto__',
      'constructor',
    );
    const json = fc.object({ key: fc.oneof(names, fc.string()), maxDepth: 4 });
    fc.assert(
      fc.property(
        fc.oneof(
          json.map(close),
          fc.string(),
          fc.string().map((text) => PREFIX + text),
        ),
        (hash) => {
          expect(['none', 'foreign', 'damaged']).toContain(readLink(hash).kind);
        },
      ),
    );
  });
});
