// The mistakes with a token after it was signed that checkSignature recognizes.
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { ANOTHER, HEADER_TEXT, PAYLOAD_TEXT } from './random-secrets.js';
import { base64url, CLAIMS, HEADER, listCodes, NOW_MS, SECRET, sign, signTexts } from './tokens.js';

describe('checkSignature recognizes that', () => {
  const REWRITTEN =
    'The header or payload was serialized again after signing, with different white space, order or escapes.';
  const RICH = { name: 'Zoë <a/b> & 測試 😀', list: [1, { a: [] }], ...CLAIMS };
  const upper = (json: string) => json.replace(/\\u[\da-f]{4}/g, (text) => `\\u${text.slice(2).toUpperCase()}`);
  const escape = (json: string, letters: RegExp) =>
    json.replace(letters, (text) =>
      text
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join(''),
    );
  const sorted = (object: object) => Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
  const reversed = (object: object) => Object.fromEntries(Object.entries(object).reverse());
  const python = (object: object) => {
    const lines = JSON.stringify(object, null, 1).replace(/,\n */g, ', ').replace(/\n */g, '');
    return escape(lines, /[^\0-\x7f]/gu);
  };

  const WRITERS: Readonly<Record<string, (object: object) => string>> = {
    'as JSON.stringify writes it': (object) => JSON.stringify(object),
    'as Python writes it': python,
    'with spaces': (object) => JSON.stringify(object, null, 1).replace(/,\n */g, ', ').replace(/\n */g, ''),
    'with lines indented by two spaces': (object) => JSON.stringify(object, null, 2),
    'with lines indented by four spaces': (object) => JSON.stringify(object, null, 4),
    'with lines indented by tabs': (object) => JSON.stringify(object, null, '\t'),
    'with lines that end in CRLF': (object) => JSON.stringify(object, null, 2).replaceAll('\n', '\r\n'),
    'with sorted names': (object) => JSON.stringify(sorted(object)),
    'with reversed names': (object) => JSON.stringify(reversed(object)),
    'as PHP writes it': (object) => escape(JSON.stringify(object).replaceAll('/', '\\/'), /[^\0-\x7f]/gu),
    'with escaped slashes': (object) => JSON.stringify(object).replaceAll('/', '\\/'),
    'as Go writes it': (object) => escape(JSON.stringify(object), /[<>&]/g),
    'as .NET writes it': (object) => upper(escape(JSON.stringify(object), /[<>&'+`]|[^\0-\x7f]/gu)),
  };

  const check = (header: string, payload: string, signedHeader: string, signedPayload: string) => {
    const signature = signTexts(signedHeader, signedPayload).split('.')[2];
    return checkSignature(`${base64url(header)}.${base64url(payload)}.${signature}`, SECRET);
  };
  const rewritten = [{ code: 'signature_invalid', part: 'signature', message: REWRITTEN }];

  it.each(Object.entries(WRITERS).slice(1))(
    'the payload was signed %s, and then serialized again',
    async (_how, write) => {
      const header = JSON.stringify(HEADER);
      expect(await check(header, JSON.stringify(RICH), header, write(RICH))).toMatchObject(rewritten);
      expect((await check(header, JSON.stringify(RICH), header, write(RICH)))[0]!.remedy).toMatch(/as the JWT library/);
    },
  );

  it.each(Object.entries(WRITERS).slice(1, 7))('the payload was serialized again %s', async (_how, write) => {
    const header = JSON.stringify(HEADER);
    expect(await check(header, write(RICH), header, JSON.stringify(RICH))).toMatchObject(rewritten);
  });

  it.each(Object.entries(WRITERS).slice(1, 9))(
    'the header was signed %s and then serialized again, or the reverse',
    async (_how, write) => {
      const payload = JSON.stringify(RICH);
      expect(await check(JSON.stringify(HEADER), payload, write(HEADER), payload)).toMatchObject(rewritten);
      expect(await check(write(HEADER), payload, JSON.stringify(HEADER), payload)).toMatchObject(rewritten);
    },
  );

  it.each(Object.entries(WRITERS).slice(1))(
    'header and payload were signed %s, and then serialized again',
    async (_how, write) => {
      const given = [JSON.stringify(HEADER), JSON.stringify(RICH)] as const;
      expect(await check(...given, write(HEADER), write(RICH))).toMatchObject(rewritten);
    },
  );

  it('the members of the header or of a short payload were in any other order', async () => {
    const { alg, typ, kid } = HEADER;
    const orders = [
      { alg, kid, typ },
      { kid, alg, typ },
      { kid, typ, alg },
      { typ, alg, kid },
      { typ, kid, alg },
    ];
    for (const order of orders) {
      const payload = JSON.stringify(RICH);
      expect(await check(JSON.stringify(HEADER), payload, JSON.stringify(order), payload)).toMatchObject(rewritten);
    }
    const { scope, external_id, exp, iat } = CLAIMS;
    const [header, payload] = [JSON.stringify(HEADER), JSON.stringify(CLAIMS)];
    expect(await check(header, payload, header, JSON.stringify({ exp, scope, iat, external_id }))).toMatchObject(
      rewritten,
    );
  });

  // All orders of the header with all orders of the payload would be tens of thousands of signatures.
  it('header and payload were serialized again, unless the payload had an unusual order', async () => {
    const { scope, external_id, exp, iat } = CLAIMS;
    const [header, payload] = [JSON.stringify(HEADER), JSON.stringify(CLAIMS)];
    const otherHeader = JSON.stringify(reversed(HEADER));
    expect(await check(header, payload, otherHeader, JSON.stringify(reversed(CLAIMS)))).toMatchObject(rewritten);
    expect(await check(header, payload, otherHeader, JSON.stringify({ exp, scope, iat, external_id }))).toMatchObject([
      { message: ANOTHER },
    ]);
  });

  it('a token with a changed claim was not just serialized again', async () => {
    const header = JSON.stringify(HEADER);
    const findings = await check(header, JSON.stringify({ ...RICH, name: 'x' }), header, JSON.stringify(RICH));
    expect(findings).toMatchObject([{ code: 'signature_invalid', message: ANOTHER }]);
  });

  // One finding for one cause: inspectToken reports the form of the signature.
  it('the signature was written in hex, was cut off or has more behind it, and leaves that to inspectToken', async () => {
    const signed = `${HEADER_TEXT}.${PAYLOAD_TEXT}`;
    const hmac = (key: string) => createHmac('sha256', key).update(signed);
    const hex = hmac(SECRET).digest('hex');
    const base64 = hmac(SECRET).digest('base64url');
    for (const signature of [hex, hex.toUpperCase(), base64url(hex), base64.slice(0, -1), `${base64}ab`]) {
      const token = `${signed}.${signature}`;
      expect(await checkSignature(token, SECRET)).toEqual([]);
      expect(await checkSignature(token, `${SECRET}x`)).toMatchObject([
        { code: 'signature_invalid', message: ANOTHER },
      ]);
      expect(listCodes(inspectToken(token, { nowMs: NOW_MS }))).toHaveLength(1);
    }
    expect(await checkSignature(`${signed}.${hmac(`${SECRET}\n`).digest('hex')}`, SECRET)).toMatchObject([
      { code: 'secret_whitespace' },
    ]);
    for (const signature of [hex.slice(1), base64.slice(0, 19), 'x']) {
      expect(await checkSignature(`${signed}.${signature}`, SECRET)).toMatchObject([
        { message: ANOTHER, remedy: CATALOGUE.signature_invalid[2] },
      ]);
    }
  });

  it('the token is right, but two parts are glued together', async () => {
    const signature = sign().split('.')[2];
    for (const token of [`${HEADER_TEXT}${PAYLOAD_TEXT}.${signature}`, `${HEADER_TEXT}.${PAYLOAD_TEXT}${signature}`]) {
      expect(await checkSignature(token, SECRET)).toEqual([]);
      expect(await checkSignature(token, `${SECRET}x`)).toMatchObject([{ code: 'signature_invalid' }]);
    }
  });
});
