// What stands around a token, and that the token in it is judged all the same.
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { describeSurroundings, findSurroundedJwt } from '../../src/inspect/surroundings.js';
import { base64url, CLAIMS, HEADER, listCodes, NOW_MS, SECRET, sign, signTexts } from './tokens.js';

const JWT = sign();
const OTHER = sign({ external_id: 'user-2' });
const [HEADER_TEXT, PAYLOAD_TEXT, SIGNATURE] = JWT.split('.') as [string, string, string];
const inspect = (token: unknown) => inspectToken(token, { nowMs: NOW_MS });
const url = 'text that is encoded for a URL, such as %20';

/** `%` is the token. */
const TEXTS = [
  ['https://acme.zendesk.com/access/jwt?jwt=%&return_to=x', 'a URL', 'more of a URL'],
  ['https://shop.example/auth/%', 'a URL'],
  ['/login?token=%', 'a part of a URL'],
  ['%/next?x', '', 'more of a URL'],
  ['somebody pinged me.\n{"jwt":"%"}', 'text and the start of JSON', 'the end of JSON'],
  ['Notice: Undefined index: a on line 3\n%', 'text'],
  ['<br />\n<b>Warning</b>: x on line <b>3</b><br />\n{"token":"%"}', 'HTML', 'the end of JSON'],
  ['<html><body>%</body></html>', 'HTML', 'HTML'],
  ['%<!-- 0.1 s -->', '', 'HTML'],
  ['<?xml version="1.0"?><string xmlns="x">%</string>', 'XML', 'XML'],
  ['<string>%</string>', 'XML', 'XML'],
  ['&quot;%&quot;', 'HTML entities', 'HTML entities'],
  ['{&#34;token&#34;:&#34;%&#34;}', 'HTML entities', 'HTML entities'],
  ['%7B%22token%22%3A%22\n%22%7D'.replace('\n', '\0'), url, url],
  ['Bearer%20\0', url],
  ['JWT %', 'the word JWT'],
  ['JWT%', 'the word JWT'],
  ['Token %', 'the word Token'],
  ['Bearer %;', 'the word Bearer', 'a semicolon'],
  ['Authorization: %', 'the name of a header'],
  ['jwt=%', 'a name with =, such as jwt='],
  ['jwt: %', 'a name with a colon'],
  ["jwt = '%';", 'a name with =, such as jwt=', 'a quote and a semicolon'],
  ['callback({"token":"%"});', 'a function call (JSONP)', 'the end of JSON and of a function call'],
  ['/**/cb("%");', 'a function call (JSONP)', 'the end of a function call'],
  [`)]}'\n{"token":"%"}`, "the characters )]}' (a protection of JSON)", 'the end of JSON'],
  ['{"token":"%"}0', 'the start of JSON', 'the end of JSON and something else'],
  ['{"token":"%"};', 'the start of JSON', 'the end of JSON and something else'],
  ['[%]', 'a bracket', 'a bracket'],
  ['\\"%\\"', 'a quote', 'a quote'],
  ['"%",', 'a quote', 'a quote and a comma'],
  ['%0', '', 'the digit 0'],
  ['%\n0', '', 'the digit 0'],
  ['%-1', '', 'a number'],
  ['%null', '', 'a word such as null'],
  ['%;', '', 'a semicolon'],
  ['%,', '', 'a comma'],
  ['%.', '', 'a period'],
  ['%|', '', 'text'],
].map(([text, before, after]) => [text!, before!, after ?? ''] as const);

const fill = (text: string) => (text.includes('\0') ? text.replace('\0', JWT) : text.replace('%', JWT));

describe('a text around a token', () => {
  it.each(TEXTS)('is described: %j', async (text, before, after) => {
    const findings = inspect(fill(text));
    expect(listCodes(findings)).toEqual(['surrounded']);
    const expected =
      after === ''
        ? `There is something in front of the token: ${before}.`
        : before === ''
          ? `There is something behind the token: ${after}.`
          : `There is something around the token. In front of it: ${before}. Behind it: ${after}.`;
    expect(findings[0]!.message).toBe(expected);
    expect(await checkSignature(fill(text), SECRET)).toEqual([]);
  });

  it.each(TEXTS)('does not hide what is wrong with the token: %j', async (text) => {
    const bad = fill(text).replace(JWT, sign({ scope: undefined }));
    expect(listCodes(inspect(bad))).toEqual(['surrounded', 'scope_missing']);
    expect(listCodes(await checkSignature(bad, `${SECRET}x`))).toEqual(['signature_invalid']);
  });

  it('is described in a member of a JSON response, too', () => {
    expect(listCodes(inspect(JSON.stringify({ url: `https://x.example/?jwt=${JWT}` })))).toEqual([
      'surrounded',
      'json_wrapped',
    ]);
    expect(listCodes(inspect({ data: { token: `${JWT};` } }))).toEqual(['surrounded', 'not_a_string']);
    expect(listCodes(inspect(`"{\\"jwt\\":\\"JWT ${JWT}\\"}"`))).toEqual(['surrounded', 'json_wrapped']);
  });

  it('can break the token into lines', () => {
    const broken = JWT.replace(/.{64}/g, '$&\r\n  ');
    expect(listCodes(inspect(`JWT ${broken}`))).toEqual(['surrounded', 'whitespace']);
    expect(listCodes(inspect(`JWT ${JWT.slice(0, -9)}\n${JWT.slice(-9)};`))).toEqual(['surrounded', 'whitespace']);
    // Nothing but the line breaks.
    expect(listCodes(inspect(broken))).toEqual(['whitespace']);
    expect(listCodes(inspect(`${JWT.slice(0, -9)}\n${JWT.slice(-9)}`))).toEqual(['whitespace']);
  });
});

describe('a text of five parts', () => {
  const jwe = base64url('{"alg":"dir","enc":"A256GCM"}');
  it.each([`${jwe}..c.d.e`, `${jwe}.b.c.d.e`])('is encrypted if its header says so: %#', (text) => {
    expect(inspect(text)[0]!.message).toMatch(/JWE/);
  });

  it.each([`${HEADER_TEXT}.b.c.d.e`, `${jwe}.b.c.d.`, `${jwe}.b..d.e`, 'eyJ.b.c.d.e'])(
    'is not otherwise: %#',
    (text) => {
      expect(inspect(text)[0]!.message).toBe('The text has 5 parts.');
    },
  );
});

describe('dots that stand for the rest of a token', () => {
  const dots = 'A part of the token is missing, with dots (...) in its place.';
  it.each([
    `${HEADER_TEXT}.${PAYLOAD_TEXT.slice(0, 40)}...`,
    `${HEADER_TEXT}.${PAYLOAD_TEXT}....`,
    `${HEADER_TEXT}...${SIGNATURE}`,
    `${HEADER_TEXT.slice(0, 20)}...`,
    `${HEADER_TEXT.slice(0, 20)}\u2026`,
    `${HEADER_TEXT}.${PAYLOAD_TEXT.slice(0, 40)}\u2026`,
  ])('are named: %#', (text) => {
    expect(inspect(text).map(({ code, message }) => [code, message])).toEqual([['not_three_parts', dots]]);
  });

  it.each(['...', '\u2026'])('are named behind the token: %s', (text) => {
    const [finding, ...rest] = inspect(JWT.slice(0, -11) + text);
    expect(finding!.message).toBe('There is something behind the token: dots, as if it was cut off.');
    expect(listCodes(rest)).toEqual(['signature_invalid']);
  });
});

describe('a header with white space', () => {
  const json = JSON.stringify(HEADER);
  it.each([
    JSON.stringify(HEADER, null, 2),
    JSON.stringify(HEADER, null, '\t'),
    json.replace('{', '{ '),
    `{\r\n${json.slice(1)}`,
  ])('does not hide the token in a longer text: %j', async (header) => {
    const token = signTexts(header, JSON.stringify(CLAIMS));
    for (const text of ['jwt=%', 'https://shop.example/?jwt=%', '%0', '%;', '<p>%</p>']) {
      expect(listCodes(inspect(text.replace('%', token)))).toEqual(['surrounded']);
      expect(await checkSignature(text.replace('%', token), SECRET)).toEqual([]);
    }
    for (const text of ["{'token': '%'}", '{"token":"%"}']) {
      expect(listCodes(inspect(text.replace('%', token)))).toEqual(['json_wrapped']);
    }
    expect(inspect(`${token} ${OTHER}`)[0]!.message).toBe('The text contains 2 tokens.');
    expect(inspect(`${token}.a.b`)[0]!.message).toBe('The text has 5 parts.');
  });
});

describe('several tokens in a text', () => {
  const oidc = sign({ external_id: undefined, scope: 'openid', iss: 'https://id.example', sub: '1' }, { kid: 'a' });
  const bad = sign({ scope: undefined });

  it.each([
    `Cookie: session=${oidc}; token=%`,
    `<html><script>a="${oidc}"</script><p>%</p></html>`,
    `${oidc}\n%`,
    `%\n${oidc}`,
  ])('are not judged if one of them alone is for the messenger: %#', async (text) => {
    expect(listCodes(inspect(text.replace('%', JWT)))).toEqual(['surrounded']);
    expect(await checkSignature(text.replace('%', JWT), SECRET)).toEqual([]);
  });

  it.each([
    { access_token: oidc, messenger: JWT },
    { messenger: JWT, access_token: oidc },
    { access_token: oidc, data: { messenger: JWT } },
    { token: oidc, data: JSON.stringify({ jwt: JWT }) },
  ])('in JSON are judged as the library does: %#', (value) => {
    expect(listCodes(inspect(JSON.stringify(value)))).toEqual(['json_wrapped']);
    expect(listCodes(inspect(value))).toEqual(['not_a_string']);
  });

  it('are counted otherwise, and not called encrypted', () => {
    for (const text of [`${JWT} ${OTHER}`, `${oidc}\n${bad}`, `a=${oidc}; b=${bad}`]) {
      const [finding, ...rest] = inspect(text);
      expect([finding!.code, finding!.message]).toEqual(['not_three_parts', 'The text contains 2 tokens.']);
      expect(rest).toEqual([]);
    }
    expect(inspect(`${JWT}.a.b`)[0]!.message).toBe('The text has 5 parts.');
    expect(inspect(`a b.c.d.e.f`)[0]!.message).toBe('The text has 5 parts.');
  });

  it.each([JWT, signTexts(JSON.stringify(HEADER, null, 2), JSON.stringify(CLAIMS))])(
    'are recognized without anything between them: %#',
    (second) => {
      const [finding, ...rest] = inspect(JWT + second);
      const message = second === JWT ? 'contains the same token twice' : 'contains 2 tokens';
      expect([finding!.code, finding!.message]).toEqual([
        'not_three_parts',
        `The text ${message}, with nothing between them.`,
      ]);
      expect(rest).toEqual([]);
    },
  );

  it('do not hide that a member named token has an external_id', () => {
    expect(listCodes(inspect({ token: bad, other: JWT }))).toEqual(['not_a_string', 'scope_missing']);
  });
});

describe('a text around JSON that is not quite JSON', () => {
  it.each([`{'token': '%'}`, `{'token': b'%'}`, `{ token: "%" }`, `{"token":"%",}`, `{:token=>"%"}`, `[{'jwt': '%'}]`])(
    'is json_wrapped: %s',
    async (text) => {
      expect(listCodes(inspect(fill(text)))).toEqual(['json_wrapped']);
      expect(await checkSignature(fill(text), SECRET)).toEqual([]);
      expect(listCodes(inspect(text.replace('%', sign({ scope: undefined }))))).toEqual([
        'json_wrapped',
        'scope_missing',
      ]);
    },
  );

  it.each([
    { d: JWT },
    { d: JSON.stringify({ token: JWT }) },
    { statusCode: 200, body: JSON.stringify({ token: JWT }) },
    { Payload: JSON.stringify({ body: JSON.stringify({ data: { jwt: JWT } }) }) },
    { a: { b: { c: { d: { e: { token: JWT } } } } } },
  ])('is json_wrapped: %j', (value) => {
    expect(listCodes(inspect(JSON.stringify(value)))).toEqual(['json_wrapped']);
  });
});

describe('a text is not surrounded', () => {
  it.each<[string, string, ...string[]]>([
    ['with two tokens', `${JWT} ${OTHER}`, 'not_three_parts'],
    ['with five parts', `${JWT}.a.b`, 'not_three_parts'],
    ['with a token that is cut off', JWT.slice(20), 'header_not_json'],
    ['with two parts only', `${HEADER_TEXT}.${PAYLOAD_TEXT}`, 'not_three_parts'],
    ['with padding', `${JWT}=`, 'not_base64url'],
    ['with another letter in the signature', `${JWT}a`, 'signature_invalid'],
    ['with Bearer only', `Bearer ${JWT}`, 'bearer_prefix'],
    ['with quotes only', `"${JWT}"`, 'quoted'],
    ['with white space only', ` ${JWT} `, 'whitespace'],
  ])('%s', (_what, text, ...codes) => {
    expect(listCodes(inspect(text))).toEqual(codes);
  });

  it('with a + in its signature, which is base64', () => {
    const token = `${HEADER_TEXT}.${PAYLOAD_TEXT}.${SIGNATURE.slice(0, 20)}+${SIGNATURE.slice(21)}`;
    expect(listCodes(inspect(token))).toEqual(['not_base64url']);
    expect(listCodes(inspect(`JWT ${token}`))).toEqual(['surrounded', 'not_base64url']);
  });

  it.each<[string, string, string, string | undefined]>([
    ['HS512 in base64', 'HS512', 'sha512', undefined],
    ['HS384 in base64', 'HS384', 'sha384', undefined],
    ['HS512 in base64 with the wrong alg', 'HS256', 'sha512', 'The token was signed with HS512, but alg says HS256.'],
  ])('with a signature of %s', async (_what, alg, hash, message) => {
    for (let id = 0; id < 50; id++) {
      const signed = sign({ external_id: `user-${id}` }, { alg })
        .split('.', 2)
        .join('.');
      const signature = createHmac(hash, SECRET).update(signed).digest('base64');
      if (!/[+/]/.test(signature)) continue;
      const codes = listCodes(inspect(`${signed}.${signature}`));
      expect(codes).toContain('not_base64url');
      expect(codes).not.toContain('surrounded');
      expect((await checkSignature(`${signed}.${signature}`, SECRET)).map((found) => found.message)).toEqual(
        message === undefined ? [] : [message],
      );
      const around = findSurroundedJwt(`<p>${signed}.${signature}</p>`);
      expect(around).toEqual({ jwt: `${signed}.${signature}`, before: '<p>', after: '</p>' });
    }
  });

  it.each([171, 256, 342, 512])('with a signature of %s characters in base64', (length) => {
    const signature = 'aB+0/'.repeat(200).slice(0, length);
    const [header, payload] = sign({}, { alg: 'RS256' }).split('.');
    const codes = listCodes(inspect(`${header}.${payload}.${signature}==`));
    expect(codes).toEqual(['not_base64url', 'alg_not_hs256']);
  });

  it('with a signature in hex and colons', async () => {
    const hex = createHmac('sha256', SECRET).update(`${HEADER_TEXT}.${PAYLOAD_TEXT}`).digest('hex');
    const token = `${HEADER_TEXT}.${PAYLOAD_TEXT}.${hex.match(/../g)!.join(':')}`;
    expect(listCodes(inspect(token))).toEqual(['not_base64url']);
    expect(await checkSignature(token, SECRET)).toEqual([]);
    expect(listCodes(inspect(`${JWT}:80`))).toEqual(['surrounded']);
  });

  it('but a URL goes on behind a complete signature of any algorithm', () => {
    for (const length of [43, 64, 86, 342]) {
      const [header, payload] = sign({}, { alg: 'RS256' }).split('.');
      const token = `${header}.${payload}.${'aB0-'.repeat(100).slice(0, length)}`;
      expect(findSurroundedJwt(`${token}/next`)).toEqual({ jwt: token, before: '', after: '/next' });
    }
  });

  it('with a header that is not JSON', () => {
    expect(findSurroundedJwt(`x eyJ4eHh4eHh4eHh4.${PAYLOAD_TEXT}.${SIGNATURE}`)).toBeUndefined();
  });

  it('with more than 200,000 characters', () => {
    const long = (length: number) => `${' '.repeat(length - JWT.length - 1)}.${JWT}`;
    expect(findSurroundedJwt(long(200_000))?.jwt).toBe(JWT);
    expect(findSurroundedJwt(long(200_001))).toBeUndefined();
  });
});

it('finds the same token twice as one', () => {
  expect(listCodes(inspect(`${JWT}\n${JWT}`))).toEqual(['surrounded']);
});

it('finds the token in any text, and nothing of the text is in the message', () => {
  const words = fc.string({ unit: fc.constantFrom(...'QXZ<>{}[]()"\'=&?%;:,/\\ \n', 'é'), minLength: 1 });
  fc.assert(
    fc.property(words, words, (before, after) => {
      const found = findSurroundedJwt(`${before} ${JWT} ${after}`);
      expect(found).toEqual({ jwt: JWT, before: `${before} `, after: ` ${after}` });
      expect(describeSurroundings(found!)).toMatch(/^There is something [^QZé]+\.$/);
    }),
  );
});
