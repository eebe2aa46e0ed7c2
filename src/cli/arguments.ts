// Parses the command line. Error messages repeat nothing of it except the names of options, because the rest could be
// the token.
import { parseArgs } from 'node:util';
import { MAX_SECONDS } from '../core/token.js';
import type { TokenProduct } from '../inspect/index.js';
import { UsageError } from './usage-error.js';

export type Source =
  | { readonly from: 'argument'; readonly token: string }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'stdin' }
  | { readonly from: 'endpoint'; readonly url: URL; readonly headerFile: string | undefined };

export type SecretSource =
  { readonly from: 'variable'; readonly name: string } | { readonly from: 'file'; readonly path: string };

export interface InspectCommand {
  readonly name: 'inspect';
  readonly source: Source;
  readonly secret: SecretSource | undefined;
  /** What the token is for. Absent for messaging. */
  readonly product: TokenProduct | undefined;
  /** The time to check the token's times against, in milliseconds since 1970. Absent for the current time. */
  readonly atMs: number | undefined;
  readonly isJson: boolean;
  readonly isRedacted: boolean;
}

export type Command = { readonly name: 'help' } | { readonly name: 'version' } | InspectCommand;

const OPTIONS = {
  file: { type: 'string' },
  url: { type: 'string' },
  'header-file': { type: 'string' },
  'secret-env': { type: 'string' },
  'secret-file': { type: 'string' },
  product: { type: 'string' },
  at: { type: 'string' },
  json: { type: 'boolean' },
  redact: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/**
 * @param args - the arguments after the program's name
 * @param isTerminal - whether standard input is a terminal; then it is read only if `-` is given
 * @throws UsageError if the command or an option is unknown, incomplete or contradicts another one
 */
export function parseArguments(args: readonly string[], isTerminal: boolean): Command {
  const { options, positionals } = readArguments(args);
  if (options.has('help')) return { name: 'help' };
  if (options.has('version')) return { name: 'version' };

  const [name, ...values] = positionals;
  if (name === undefined) throw new UsageError('The command is missing. Use: inspect');
  if (name !== 'inspect') throw new UsageError('Unknown command. The only command is inspect.');
  if (values.length > 1) {
    throw new UsageError('More than one token was given. Put the token in quotes if it contains white space.');
  }
  return {
    name,
    source: chooseSource(values, options, isTerminal),
    secret: chooseSecret(options),
    product: readProduct(options.get('product')),
    atMs: readInstant(options.get('at')),
    isJson: options.has('json'),
    isRedacted: options.has('redact'),
  };
}

type Options = ReadonlyMap<string, string | undefined>;

function readArguments(args: readonly string[]): { options: Options; positionals: readonly string[] } {
  // Not strict, because the messages of parseArgs quote unknown arguments.
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const options = new Map<string, string | undefined>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, index, value, inlineValue } = token;
    if (name === 'secret') {
      throw new UsageError(
        "--secret is not supported, because the secret would stay in the shell's history and appear in the process list. Use --secret-env or --secret-file instead.",
      );
    }
    if (!Object.hasOwn(OPTIONS, name)) throw new UsageError(`Unknown option${describeOption(args[index] ?? '')}.`);
    if (options.has(name)) throw new UsageError(`${rawName} was given twice.`);
    const { type } = OPTIONS[name as keyof typeof OPTIONS];
    if (type === 'boolean' && value !== undefined) throw new UsageError(`${rawName} does not take a value.`);
    // A value that starts with a hyphen is the next option: the value was forgotten. After an equals sign it is
    // allowed.
    if (type === 'string' && (!value || (!inlineValue && /^-./.test(value)))) {
      throw new UsageError(`${rawName} needs a value.`);
    }
    options.set(name, value);
  }
  return { options, positionals };
}

/** Names the option only if it looks like one, because a token or a secret can also start with a hyphen. */
function describeOption(typed: string): string {
  const [name] = /^(?:-[a-z]|--[a-z][a-z-]{1,19})(?==|$)/i.exec(typed) ?? [];
  return name === undefined ? '. Put -- before a token that begins with a hyphen' : `: ${name}`;
}

function chooseSource(values: readonly string[], options: Options, isTerminal: boolean): Source {
  const [token] = values;
  const [path, url, headerFile] = ['file', 'url', 'header-file'].map((name) => options.get(name));
  if ([token, path, url].filter((source) => source !== undefined).length > 1) {
    throw new UsageError('More than one token was given. Use only one of: an argument, --file, --url.');
  }
  if (headerFile !== undefined && url === undefined) throw new UsageError('--header-file works only with --url.');
  if (url !== undefined) return { from: 'endpoint', url: readUrl(url), headerFile };
  if (token === '-' || path === '-') return { from: 'stdin' };
  if (token !== undefined) return { from: 'argument', token };
  if (path !== undefined) return { from: 'file', path };
  if (isTerminal) {
    throw new UsageError('The token is missing. Pass it as an argument, with --file or --url, or through a pipe.');
  }
  return { from: 'stdin' };
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new UsageError('--url needs a URL that begins with https:// or http://.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      '--url does not accept a user name and password. Put an Authorization line into the --header-file.',
    );
  }
  return url;
}

function chooseSecret(options: Options): SecretSource | undefined {
  const name = options.get('secret-env');
  const path = options.get('secret-file');
  if (name !== undefined && path !== undefined) {
    throw new UsageError('Two secrets were given. Use either --secret-env or --secret-file.');
  }
  if (name !== undefined) return { from: 'variable', name };
  return path === undefined ? undefined : { from: 'file', path };
}

const PRODUCTS: readonly TokenProduct[] = ['messaging', 'chat', 'help-center'];

function readProduct(text: string | undefined): TokenProduct | undefined {
  const product = PRODUCTS.find((name) => name === text);
  if (text !== undefined && product === undefined) {
    throw new UsageError('--product needs one of: messaging, chat, help-center.');
  }
  return product;
}

function readInstant(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const isSeconds = /^\d+(?:\.\d+)?$/.test(text);
  const atMs = isSeconds ? Number(text) * 1000 : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(atMs) || (isSeconds && Number(text) >= MAX_SECONDS)) {
    throw new UsageError('--at needs an ISO date, such as 2026-01-31T12:00:00Z, or seconds since 1970.');
  }
  return atMs;
}
