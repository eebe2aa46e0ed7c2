// Values that throw when they are inspected, and texts that are very long or deeply nested.
import { base64url, CLAIMS, HEADER, signTexts } from './tokens.js';

const refuse = () => {
  throw new Error('do not touch');
};

// A proxy that throws on every operation, because its handler throws, too.
const throwing = (target: object) => new Proxy(target, new Proxy({}, { get: refuse }));

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function circular(): unknown {
  const list: unknown[] = [];
  const object = { list, self: undefined as unknown };
  object.self = object;
  list.push(object, list);
  return object;
}

/** Code that visits every member of these four levels would visit a hundred million objects. */
function manyTimesOver(): unknown {
  let value: unknown = { x: 1 };
  for (let level = 0; level < 4; level++) {
    const inner = value;
    value = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, inner]));
  }
  return value;
}

export const HOSTILE: Readonly<Record<string, unknown>> = {
  'a throwing proxy': throwing({}),
  'a throwing proxy of a list': throwing([]),
  'a throwing proxy of a function': throwing(() => {}),
  'a revoked proxy': revoked({}),
  'a revoked proxy of a list': revoked([]),
  'a revoked proxy of a function': revoked(() => {}),
  'an object with a throwing proxy': { token: throwing({}), list: [revoked([])] },
  'a getter that throws': Object.defineProperty({}, 'token', { get: refuse, enumerable: true }),
  'a text that throws': { toString: refuse, valueOf: refuse, [Symbol.toPrimitive]: refuse, toJSON: refuse },
  'a String without its methods': Object.setPrototypeOf(new String('x'), null),
  'a false String': Object.create(String.prototype),
  'a false list of bytes': Object.create(Uint8Array.prototype),
  'a String whose text throws': Object.assign(new String('x'), { toString: refuse }),
  'a circle': circular(),
  'an object many times over': manyTimesOver(),
  'a symbol': Symbol('token'),
  'a function': refuse,
  'a class': class Token {},
  'a BigInt': 10n ** 100n,
  'a Promise': Promise.resolve('x'),
  'a Response': new Response('x'),
  'bytes that are no text': Uint8Array.of(255, 254, 0),
  'a buffer': new ArrayBuffer(8),
  'a view without bytes': new DataView(new ArrayBuffer(8)),
  'a Map': new Map([['token', 'x']]),
  'a Date': new Date(NaN),
  'a regular expression': /x/g,
  'no prototype': Object.create(null),
};

const LEVELS = 100_000;
const LENGTH = 1_000_000;
const LISTS = '['.repeat(LEVELS) + ']'.repeat(LEVELS);
const OBJECTS = '{"a":'.repeat(LEVELS) + '1' + '}'.repeat(LEVELS);
const withPayload = (json: string) => signTexts(JSON.stringify(HEADER), json);
const withClaim = (json: string) =>
  withPayload(JSON.stringify({ ...CLAIMS, a: 0 }).replace('"a":0', () => `"a":${json}`));

/** Texts of about a million characters. */
export const LONG: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['"', ' ', '=', '.', '{', '[', 'A', 'eyJ', 'Bearer ', 'a ', '"\n', "b'", '\\', '1', '\ud800', 'é', '\0', '<'].map(
      (text) => [JSON.stringify(text), text.repeat(LENGTH / text.length)],
    ),
  ),
  'an escaped quote without end': `"${'\\"'.repeat(LENGTH / 2)}`,
  'spaces in the middle': `authorization${' '.repeat(LENGTH)}x`,
  'three parts of =': Array(3)
    .fill('='.repeat(LENGTH / 3))
    .join('.'),
  'brackets at both ends': `[${'['.repeat(LENGTH)}]`,
  'three parts of A': Array(3)
    .fill('A'.repeat(LENGTH / 3))
    .join('.'),
  'a long claim': withClaim(JSON.stringify('x'.repeat(LENGTH))),
  'many claims': withPayload(
    JSON.stringify(Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`c${i}`, i]))),
  ),
  'a long signature': `${withPayload('{}')}${'A'.repeat(LENGTH)}`,
};

export const DEEP: Readonly<Record<string, string>> = {
  'lists as text': LISTS,
  'objects as text': OBJECTS,
  'lists that do not end': '['.repeat(LEVELS),
  'lists as the payload': withPayload(LISTS),
  'lists in the payload': withClaim(LISTS),
  'objects as the payload': withPayload(OBJECTS),
  'objects as the header': signTexts(OBJECTS, JSON.stringify(CLAIMS)),
  // Short enough for checkSignature to try other serializations.
  '500 lists in the payload': withClaim('['.repeat(500) + ']'.repeat(500)),
  '2000 lists in the payload': withClaim('['.repeat(2000) + ']'.repeat(2000)),
  'many at 6 levels': withClaim('['.repeat(5) + Array(2000).fill(0).join() + ']'.repeat(5)),
};

/** JSON that programs rarely write. */
export const ODD_JSON: readonly string[] = [
  '{"__proto__":{"scope":"user"},"external_id":"1"}',
  '{"constructor":1,"toString":2,"hasOwnProperty":3,"valueOf":"x"}',
  '{"exp":1e400,"iat":-1e400,"nbf":1e400}',
  '{"exp":-0,"iat":1e-320,"nbf":-1e308}',
  '{"exp":-1e308,"iat":-1e308}',
  '{"exp":9007199254740993,"iat":"99999999999999999999"}',
  '{"exp":"-1795400000","iat":"1795400000.5","nbf":" 1 "}',
  '{"":"","\\u0000":"\\ud800"}',
  '{"exp":{"exp":{}},"iat":[[]],"nbf":false}',
  '{"email":[],"name":{},"scope":{},"external_id":{},"email_verified":[]}',
  '{"a":1,"a":2}',
  ' {} ',
  '{}{}',
  '',
];

export const ODD_TOKENS: readonly string[] = ODD_JSON.flatMap((json) => [
  withPayload(json),
  signTexts(json, JSON.stringify(CLAIMS)),
  json,
  `${base64url(json)}.${base64url(json)}`,
]);
