import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/arguments.js';
import { HELP } from '../../src/cli/help.js';
import { FIRST_POST } from './tokens.js';

const parse = (...args: string[]) => parseArguments(args, true);
const parseInPipe = (...args: string[]) => parseArguments(args, false);
const INSPECT = { name: 'inspect', secret: undefined, atMs: undefined, isJson: false, isRedacted: false };

describe('the source of the token', () => {
  it.each([
    ['an argument', ['inspect', FIRST_POST], { from: 'argument', token: FIRST_POST }],
    ['an empty argument', ['inspect', ''], { from: 'argument', token: '' }],
    ['an argument that begins with a hyphen', ['inspect', '--', '-x'], { from: 'argument', token: '-x' }],
    ['a file', ['inspect', '--file', 'a.txt'], { from: 'file', path: 'a.txt' }],
    ['a file whose name begins with a hyphen', ['inspect', '--file=-a'], { from: 'file', path: '-a' }],
    ['standard input, named by -', ['inspect', '-'], { from: 'stdin' }],
    ['standard input, named by --file -', ['inspect', '--file', '-'], { from: 'stdin' }],
    [
      'an endpoint',
      ['inspect', '--url', 'http://localhost:3000/t', '--header-file', 'h'],
      { from: 'endpoint', url: new URL('http://localhost:3000/t'), headerFile: 'h' },
    ],
  ])('is %s', (_what, args, source) => {
    expect(parse(...args)).toEqual({ ...INSPECT, source });
    expect(parseInPipe(...args)).toEqual({ ...INSPECT, source });
  });

  it('is standard input when no source is given, unless standard input is a terminal', () => {
    expect(parseInPipe('inspect')).toEqual({ ...INSPECT, source: { from: 'stdin' } });
    expect(() => parse('inspect')).toThrow('The token is missing');
  });

  it.each([
    ['inspect', 'a', 'b'],
    ['inspect', 'a', '--file', 'b'],
    ['inspect', 'a', '--url', 'http://localhost'],
    ['inspect', '--file', 'a', '--url', 'http://localhost'],
    ['inspect', '-', '--file', 'a'],
  ])('is rejected when there are two: %s %s %s', (...args) => {
    expect(() => parse(...args)).toThrow('More than one token');
  });

  it.each(['shop.example/t', 'localhost:3000/t', 'ftp://shop.example/t', 'file:///t', '/t', 'https://'])(
    'is rejected when it is --url with %s',
    (url) => {
      expect(() => parse('inspect', '--url', url)).toThrow('--url needs a URL');
    },
  );

  it('is rejected when the URL contains a password, or when --header-file comes without --url', () => {
    for (const who of ['ann:pass', 'ann', ':pass']) {
      expect(() => parse('inspect', '--url', `https://${who}@shop.example/`)).toThrow(
        'does not accept a user name and password',
      );
    }
    expect(() => parse('inspect', 'a', '--header-file', 'h')).toThrow('--header-file works only with --url');
  });
});

describe('the options', () => {
  it('are accepted before and after the command and the token', () => {
    const args = ['--json', 'inspect', '--redact', 'a', '--at=1795400000', '--secret-env', 'S'];
    expect(parse(...args)).toEqual({
      name: 'inspect',
      source: { from: 'argument', token: 'a' },
      secret: { from: 'variable', name: 'S' },
      atMs: 1_795_400_000_000,
      isJson: true,
      isRedacted: true,
    });
    expect(parse('inspect', 'a', '--secret-file', 'f')).toMatchObject({ secret: { from: 'file', path: 'f' } });
  });

  it.each([
    ['1795400000', 1_795_400_000_000],
    ['1795400000.5', 1_795_400_000_500],
    ['2026-11-23T00:00:00Z', 1_795_392_000_000],
    ['2026-11-23', 1_795_392_000_000],
    ['2026-11-23T01:00:00+01:00', 1_795_392_000_000],
  ])('accept the time %s', (text, atMs) => {
    expect(parse('inspect', 'a', '--at', text)).toMatchObject({ atMs });
  });

  it.each(['now', '1795400000000', '23/11/2026', '2026-13-01', '1e9', '+5'])('reject the time %s', (text) => {
    expect(() => parse('inspect', 'a', '--at', text)).toThrow('--at needs');
  });

  it.each([
    [['inspect', 'a', '--secret', 'hush'], '--secret is not supported'],
    [['inspect', 'a', '--secret=hush'], 'Use --secret-env or --secret-file instead'],
    [['inspect', 'a', '--secret-env', 'A', '--secret-file', 'b'], 'Two secrets'],
    [['inspect', 'a', '--secret-env'], '--secret-env needs a value'],
    [['inspect', 'a', '--secret-env='], '--secret-env needs a value'],
    [['inspect', 'a', '--file', '--json'], '--file needs a value'],
    [['inspect', 'a', '--json=1'], '--json does not take a value'],
    [['inspect', '--file', 'a', '--file', 'b'], '--file was given twice'],
    [['inspect', 'a', '--colour'], 'Unknown option: --colour.'],
    [['inspect', 'a', '-v'], 'Unknown option: -v.'],
    [['inspect', 'a', '--token=hush'], 'Unknown option: --token.'],
    [['inspect', 'a', '-hush-S3cret'], 'Unknown option. Put -- before a token that begins with a hyphen.'],
    [['inspect', 'a', '--hush-S3cret'], 'Unknown option. Put -- before a token that begins with a hyphen.'],
    [['hush'], 'Unknown command'],
    [[], 'The command is missing'],
  ])('are rejected in %j with "%s"', (args, message) => {
    expect(() => parse(...args)).toThrow(message);
    expect(() => parse(...args)).not.toThrow('hush');
  });

  it.each([[['--help']], [['-h']], [['inspect', '--help']], [['inspect', 'a', 'b', '-h']], [['other', '--help']]])(
    'print the help for %j',
    (args) => {
      expect(parse(...args)).toEqual({ name: 'help' });
    },
  );

  it('print the version for --version', () => {
    expect(parse('--version')).toEqual({ name: 'version' });
  });
});

describe('--product', () => {
  it.each(['messaging', 'chat', 'help-center'])('can be %s', (product) => {
    expect(parseInPipe('inspect', '--product', product)).toEqual({ ...INSPECT, source: { from: 'stdin' }, product });
  });

  it.each(['', 'Chat', 'helpCenter', 'support'])('cannot be %j', (product) => {
    expect(() => parseInPipe('inspect', `--product=${product}`)).toThrow(/^--product needs (?:one of|a value)/);
  });
});

describe('the help', () => {
  it('lists every option, and no option that does not exist', () => {
    const options = [...new Set(HELP.match(/--[a-z-]+/g))];
    expect(options.sort()).toEqual([
      '--at',
      '--file',
      '--header-file',
      '--help',
      '--json',
      '--product',
      '--redact',
      '--secret-env',
      '--secret-file',
      '--url',
      '--version',
    ]);
    for (const option of options) expect(() => parse('inspect', 'a', option)).not.toThrow('no such option');
  });

  it('fits in 80 columns', () => {
    for (const line of HELP.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
