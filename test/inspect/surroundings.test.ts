// What stands around a token, and that the token in it is judged all the same.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSignature, inspectToken } from '../../src/inspect/index.js';
import { describeSurroundings, findSurroundedJwt } from '../../src/inspect/surroundings.js';
import { listCodes, NOW_MS, SECRET, sign } from './tokens.js';

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
    expect(listCodes(inspect(`"{\\"jwt\\":\\"JWT ${JWT}\\"}"`))).toEqual(['surrounded', 'quoted', 'json_wrapped']);
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
    expect(inspect(`${JWT}.a.b`)[0]!.message).toMatch(/JWE/);
    expect(inspect(`a b.c.d.e.f`)[0]!.message).toBe('The text has 5 parts.');
  });

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
