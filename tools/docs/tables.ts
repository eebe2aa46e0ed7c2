// The tables of options, events, errors and findings, made of what the code says of them.
import type { MessengerErrorCode } from '../../src/core/error-codes.js';
import { MessengerAuthError } from '../../src/core/errors.js';
import { DEFECT_TEXTS } from '../../src/inspect/defect-texts.js';
import { OPTIONS } from '../../src/core/options.js';
import { CATALOGUE } from '../../src/inspect/catalogue.js';
import { readProperties, readUnion, type Member } from './read-comments.js';

/** Where each table stands in the pages: <!-- table:options -->…<!-- /table:options -->. */
export const TABLES: Readonly<Record<string, { readonly page: string; readonly compose: () => string }>> = {
  'table:options': { page: 'docs/options.md', compose: composeOptions },
  'table:events': { page: 'docs/events.md', compose: composeEvents },
  'table:errors': { page: 'docs/errors.md', compose: composeErrors },
  'table:server-errors': { page: 'docs/server.md', compose: composeServerErrors },
  'table:findings': { page: 'docs/findings.md', compose: composeFindings },
};

const SEE: Readonly<Record<string, string>> = {
  tokenUrl: 'See [token endpoint](./token-endpoint.md).',
  nonce: 'See [CSP](./csp.md).',
  trustedTypesPolicy: 'See [Trusted Types](./csp.md).',
  onEvent: 'See [events](https://zendesk-messenger-auth.github.io/zendesk-messenger-auth/events).',
  consent: 'See [consent](./visitors.md#consent).',
  visibility: 'See [visibility](./visitors.md#visibility).',
};

function composeOptions(): string {
  const common = readProperties('src/options.ts', 'CommonOptions');
  const documented = [...common, ...readProperties('src/options.ts', 'MessengerOptions')];
  return toTable(
    ['Option', 'Type', 'Default', 'What it does'],
    Object.entries(OPTIONS).map(([name, sample]) => {
      const { paragraphs, defaultValue } = find(documented, name);
      const value = readDefault(name);
      if (defaultValue !== value) throw new Error(`The @defaultValue of ${name} is wrong`);
      const without = name === 'key' ? 'required' : 'none';
      const type = name === 'tokenUrl' ? 'string or object' : typeof sample;
      return [code(name), type, value ? code(value) : without, [...paragraphs, SEE[name]].join(' ').trim()];
    }),
  );
}

/** The option's default as code. The options after `onEvent` have one. */
export function readDefault(name: string): string | undefined {
  const names = Object.keys(OPTIONS);
  if (names.indexOf(name) <= names.indexOf('onEvent')) return undefined;
  const value = OPTIONS[name as keyof typeof OPTIONS];
  return typeof value === 'string' ? `'${value}'` : String(value);
}

function composeEvents(): string {
  return toTable(
    ['Type', 'Details', 'What happened'],
    readProperties('src/core/events.ts', 'MessengerEventTypes').map(({ name, paragraphs, members }) => [
      code(name),
      members.map((detail) => `${code(detail.name)}: ${detail.paragraphs.join(' ')}`).join(' '),
      paragraphs.join(' '),
    ]),
  );
}

function composeErrors(): string {
  return toTable(
    ['Code', 'Message', 'What happened', 'Who must act, and how', 'Retried?'],
    readUnion('src/core/error-codes.ts', 'MessengerErrorCode').map(({ name, paragraphs }) => {
      const [happened, who, retry, ...more] = paragraphs;
      if (!retry?.startsWith('Retry: ') || more.length > 0)
        throw new Error(`${name} does not have the three paragraphs`);
      const explained = DEFECT_TEXTS[name as MessengerErrorCode];
      const { message } = new MessengerAuthError(name as MessengerErrorCode, '', undefined, explained);
      const text = message.replace(` [${name}]`, '');
      return [code(name), text, happened!, who!, retry.replace('Retry: ', '').replace(/\.$/, '')];
    }),
  );
}

function composeServerErrors(): string {
  return toTable(
    ['Server code', 'What happened'],
    readUnion('src/server/errors.ts', 'TokenEndpointErrorCode').map(({ name, paragraphs }) => [
      code(name),
      paragraphs.join(' '),
    ]),
  );
}

function composeFindings(): string {
  const documented = readUnion('src/core/findings.ts', 'FindingCode');
  return toTable(
    ['Finding', 'Severity', 'Part', 'What it means'],
    Object.entries(CATALOGUE).map(([name, [severity, part]]) => [
      code(name),
      severity,
      part,
      find(documented, name).paragraphs.join(' '),
    ]),
  );
}

const code = (text: unknown) => `\`${String(text)}\``;

function find(members: readonly Member[], name: string): Member {
  const member = members.find((other) => other.name === name);
  if (!member || member.paragraphs.length === 0) throw new Error(`${name} has no doc comment`);
  return member;
}

function toTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows];
  return lines
    .map((cells) => `| ${cells.map((cell) => nameNumbers(cell).replaceAll('|', '\\|')).join(' | ')} |\n`)
    .join('');
}

// The numbers in the comments that a constant of the code has, too: test/docs/numbers.test.ts compares them.
const NUMBERS: readonly (readonly [before: string, number: string, name: string])[] = [
  ['every ', String.raw`\d+ to \d+ s`, 'load-retry'],
  ['up to ', String.raw`\d+ s`, 'longest-wait'],
  ['up to ', String.raw`\d+ minutes`, 'longest-later-wait'],
  ['after the ', String.raw`\w+(?= failure)`, 'failures-before-giving-up'],
  ['token has more than ', String.raw`[\d,]+(?= characters)`, 'token-characters'],
];

const nameNumbers = (text: string) =>
  NUMBERS.reduce(
    (result, [before, number, name]) =>
      result.replace(new RegExp(`(?<=\\b${before})${number}`, 'g'), (found) => `<!-- n:${name} -->${found}<!-- /n -->`),
    text,
  );
