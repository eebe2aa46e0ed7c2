// The correct code for each backend, for the pages about one error (docs/problems). A line is what the token doctor says,
// or a line of a program in examples/endpoints, which the tests run. So no page has code that nothing checks.
import { readFileSync } from 'node:fs';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import {
  EMAIL_VERIFIED_LINES,
  EXP_LINES,
  EXTERNAL_ID_LINES,
  KID_LINES,
  SECRET_LINES,
} from '../../src/inspect/backends.js';
import type { FindingCode } from '../../src/core/findings.js';
import { readUnion } from './read-comments.js';

type Row = readonly [where: string, code: string];

const GO = 'examples/endpoints/go/main.go';
const PERL = 'examples/endpoints/perl/token-endpoint.pl';
const PHP = 'examples/endpoints/php/token-endpoint.php';

/** The causes of a refusal that are reported most often, the most frequent ones first. */
const CAUSES: readonly FindingCode[] = [
  'exp_not_number',
  'exp_milliseconds',
  'expired',
  'secret_base64_decoded',
  'external_id_not_string',
  'user_id_instead',
  'scope_missing',
  'kid_missing',
  'alg_not_hs256',
  'json_wrapped',
  'bearer_prefix',
  'time_zone_offset',
  'iat_future',
  'other_zendesk_jwt',
];

/** What can stand around a token, or be in its place. */
const SURROUNDINGS: readonly FindingCode[] = [
  'quoted',
  'bearer_prefix',
  'whitespace',
  'json_wrapped',
  'surrounded',
  'literal_undefined',
  'not_three_parts',
  'not_base64url',
];

/** Where each table stands in the pages: <!-- fix:kid -->…<!-- /fix:kid -->. */
export const FIXES: Readonly<Record<string, { readonly page: string; readonly compose: () => string }>> = {
  'fix:causes': { page: 'docs/problems/401-invalid-jwt.md', compose: () => toCauses(CAUSES) },
  'fix:exp': {
    page: 'docs/problems/401-invalid-jwt.md',
    compose: () => toCode([...said(EXP_LINES), ['Go', lineOf(GO, /"exp": +/)], ['Perl', lineOf(PERL, /exp +=> /)]]),
  },
  'fix:external-id': {
    page: 'docs/problems/401-invalid-jwt.md',
    compose: () =>
      toCode([
        ...said(EXTERNAL_ID_LINES),
        ['Go', lineOf(GO, /externalID = /)],
        ['Perl', lineOf(PERL, /my \$external_id = /)],
      ]),
  },
  'fix:secret': {
    page: 'docs/problems/401-invalid-jwt.md',
    compose: () =>
      toCode([
        ...said(SECRET_LINES),
        ['PHP, without a library', lineOf(PHP, /hash_hmac\('sha256', /)],
        ['Go, golang-jwt', lineOf(GO, /token\.SignedString\(/)],
        ['Perl, Crypt::JWT', lineOf(PERL, /key +=> /)],
      ]),
  },
  'fix:surroundings': { page: 'docs/problems/jwt-is-malformed.md', compose: () => toCauses(SURROUNDINGS) },
  'fix:kid': {
    page: 'docs/problems/missing-key-id.md',
    compose: () =>
      toCode([
        ...said(KID_LINES),
        ['PHP, without a library', lineOf(PHP, /'kid' => \$keyId/)],
        ['Go, golang-jwt', lineOf(GO, /token\.Header\["kid"\]/)],
        ['Perl, Crypt::JWT', lineOf(PERL, /extra_headers => /)],
      ]),
  },
  'fix:csrf': {
    page: 'docs/problems/403.md',
    compose: () =>
      toCode([
        ['Django', lineOf('docs/endpoints/python.md', /^@csrf_exempt/).replace(/ +#.*/, '')],
        ['Laravel', lineOf('docs/endpoints/php.md', /validateCsrfTokens\(/)],
        ['Rails', lineOf('docs/endpoints/ruby.md', /^ *skip_forgery_protection/)],
        ['Spring', lineOf('docs/endpoints/java.md', /ignoringRequestMatchers\(/)],
      ]),
  },
  'fix:email-verified': {
    page: 'docs/problems/409.md',
    compose: () => toCode([...said(EMAIL_VERIFIED_LINES), ['Perl', lineOf(PERL, /\$claims\{email_verified\} = /)]]),
  },
};

/** The lines of a remedy: "\nNode: code". */
const said = (lines: string): Row[] =>
  lines
    .trim()
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]);

/** The first line of the file that fits. @throws Error if there is none, because the program was changed */
function lineOf(path: string, pattern: RegExp): string {
  const found = readFileSync(path, 'utf8')
    .split('\n')
    .find((line) => pattern.test(line));
  if (!found) throw new Error(`${path} has no line that fits ${String(pattern)}`);
  return found.trim().replace(/[,;]$/, '').replace(/ {2,}/g, ' ');
}

const toCode = (rows: readonly Row[]) =>
  toTable(
    ['Backend', 'Code'],
    rows.map(([where, code]) => [where, `\`${code}\``]),
  );

/** What is wrong, by the comment of the finding, and the first line of its remedy. The other lines are code. */
function toCauses(codes: readonly FindingCode[]): string {
  const documented = readUnion('src/core/findings.ts', 'FindingCode');
  return toTable(
    ['What is wrong', 'What to do', 'Finding'],
    codes.map((code) => {
      const [, , remedy] = CATALOGUE[code];
      const comment = documented.find(({ name }) => name === code)?.paragraphs.join(' ');
      if (!comment) throw new Error(`${code} has no doc comment`);
      return [comment, toMarkdown(remedy.split('\n')[0]!), `\`${code}\``];
    }),
  );
}

// A remedy is plain text. In Markdown, a claim is code.
const toMarkdown = (remedy: string) =>
  remedy.replace(/(?<![\w"`(])(?:external_id|email_verified|exp|iat|kid|scope)(?![\w`])/g, '`$&`');

const toTable = (heads: readonly string[], rows: readonly (readonly string[])[]) =>
  [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
