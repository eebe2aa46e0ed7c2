import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redact } from '../../src/inspect/index.js';
import { signToken } from '../../src/testing/index.js';
import { startServer } from '../endpoints/start-server.js';
import { COMMAND, run, runInShell, start, startCommand, type Ended } from './start-command.js';
import { FIRST_POST, FIRST_POST_VALUES, KEY_ID, makeToken, SECRET } from './tokens.js';

const AT_S = 1_795_400_000;
const GOOD = makeToken(AT_S * 1000);
const ALL_GOOD = {
  exitCode: 0,
  stdout: expect.stringMatching(/^Found nothing that Zendesk would refuse\.\n/),
  stderr: '',
};

let folder: string;
const pathOf = (name: string) => join(folder, name);
function write(name: string, content: string): string {
  writeFileSync(pathOf(name), content);
  return pathOf(name);
}
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'command-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a refused token', { concurrent: true }, () => {
  it.each([
    ['as an argument', () => run(['inspect', FIRST_POST])],
    ['from standard input', () => run(['inspect'], `${FIRST_POST}\n`)],
    ['from standard input by the name -', () => run(['inspect', '-'], `${FIRST_POST}\r\n`)],
    ['from a file', () => run(['inspect', '--file', write('token.txt', `${FIRST_POST}\n`)])],
  ])('is inspected when it comes %s', async (_how, runIt) => {
    const { exitCode, stdout, stderr } = await runIt();
    expect(exitCode).toBe(1);
    expect(stderr).toBe('');
    const codes = [...stdout.matchAll(/^\S (\w+) {2}(\w+)/gm)].map(([, severity, code]) => `${severity} ${code}`);
    expect(codes).toEqual(['error exp_not_number', 'error expired', 'info email_unverified', 'info iat_missing']);
    for (const value of FIRST_POST_VALUES) expect(stdout).not.toContain(value);
  });
});

describe('--product', { concurrent: true }, () => {
  const claims = { name: 'Ann', email: 'ann@shop.example', external_id: 'user-1' };
  const chat = (iat: number) => signToken({ ...claims, iat, exp: iat + 300 }, { secret: SECRET });

  it('chooses the rules for a token', async () => {
    const file = write('chat.txt', chat(AT_S));
    expect(await run(['inspect', '--file', file, '--at', String(AT_S), '--product', 'chat'])).toEqual(ALL_GOOD);
    const { exitCode, stdout } = await run(['inspect', '--file', file, '--at', String(AT_S)]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error  kid_missing');
  });

  it('chooses the rules for an endpoint and its answers', async () => {
    const server = await startServer((response, count) => {
      const headers = { 'content-type': 'text/plain', 'cache-control': 'no-store' };
      if (count > 3) response.writeHead(500).end();
      else response.writeHead(200, headers).end(chat(Math.floor(Date.now() / 1000)));
    });
    const args = ['inspect', '--url', server.url.href, '--product', 'chat'];
    expect(await run(args)).toEqual(ALL_GOOD);
    const { stdout } = await run(args);
    await server.close();
    expect(stdout).toMatch(/createClassicAuth\s+reports\s+token_failed\./);
  });
});

describe('the exit code', { concurrent: true }, () => {
  it('is 0 when the command finds nothing that Zendesk would refuse', async () => {
    expect(await run(['inspect', '--at', String(AT_S)], GOOD)).toEqual(ALL_GOOD);
    expect(await run(['inspect', '--at', '2026-11-23T02:14:00Z'], GOOD)).toEqual(ALL_GOOD);
  });

  it('is 1 when the token has expired at the time of --at', async () => {
    const { exitCode, stdout } = await run(['inspect', '--at', String(AT_S + 3600)], GOOD);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('error  expired');
  });

  it('is 1 when there is white space before the token, and 0 when there are only line breaks behind it', async () => {
    const before = await run(['inspect', '--at', String(AT_S)], ` ${GOOD}\n`);
    expect(before.exitCode).toBe(1);
    expect(before.stdout).toContain('error  whitespace');
    const behind = await run(['inspect', '--at', String(AT_S)], `${GOOD}\n\n`);
    expect(behind.exitCode).toBe(0);
    expect(behind.stdout).toContain('warning  whitespace');
  });

  it('is 1 when the key id looks like a secret, although that is only a warning', async () => {
    const keyId = 'bT7-tokenTest_OnlyForBugHunt-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU';
    const token = signToken(
      { scope: 'user', external_id: 'user-1', iat: AT_S, exp: AT_S + 900 },
      { secret: SECRET, keyId },
    );
    const shown = await run(['inspect', '--at', String(AT_S)], token);
    expect(shown.exitCode).toBe(1);
    expect(shown.stdout).toMatch(/^! warning {2}secret_exposed/);
    expect(shown.stdout).not.toContain('Found nothing');
    const { ok } = JSON.parse((await run(['inspect', '--json', '--at', String(AT_S)], token)).stdout);
    expect(ok).toBe(false);
  });

  it.each([
    [['inspect', '--hush'], 'Unknown option: --hush.'],
    [['hush.hush'], 'Unknown command. The only command is inspect.'],
    [
      ['inspect', 'hush.a', 'hush.b'],
      'More than one token was given. Put the token in quotes if it contains white space.',
    ],
    [['inspect', '--file', 'none.txt'], 'The file none.txt does not exist.'],
    [['inspect', '--file', FIRST_POST.slice(0, 200)], 'The file from --file does not exist.'],
    [['inspect', 'a', '--secret-env', 'hush.'], 'The variable from --secret-env is not set.'],
    [['inspect', 'a', '--secret-env', 'EMPTY'], 'The variable from --secret-env is empty.'],
    [['inspect', 'a', '--secret-env', 'LONG'], 'The variable from --secret-env is too long for a secret.'],
    [['inspect', 'a', '--secret-file', 'hush.'], 'The file from --secret-file does not exist.'],
    [
      ['inspect', '--url', 'https://localhost', '--header-file', 'hush.'],
      'The file from --header-file does not exist.',
    ],
    [['inspect', 'a', '--at', 'noon'], '--at needs an ISO date, such as 2026-01-31T12:00:00Z, or seconds since 1970.'],
  ])('is 2 for the wrong arguments %j, with an explanation', async (args, sentence) => {
    expect(await run(args, '', { EMPTY: '', LONG: 'x'.repeat(1001) })).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `${sentence}\nSee: zendesk-messenger-auth --help\n`,
    });
  });

  it('is 2 for more than 16 MB of input, before the input ends', async () => {
    const { child, ended } = startCommand(['inspect']);
    const timer = setInterval(() => child.stdin.write('a'.repeat(1_000_000)), 5);
    const { exitCode, stderr } = await ended;
    clearInterval(timer);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Standard input is larger than 16 MB, so it is not a token.');
  });
});

describe('a token of 10 MB', { concurrent: true }, () => {
  const big = `${GOOD.split('.')[0]}.${'eyJh'.repeat(2_500_000)}.x`;

  it('is inspected when it comes from a file', async () => {
    const { exitCode, stdout } = await run(['inspect', '--file', write('big.txt', big)]);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('payload_not_json');
    expect(stdout.length).toBeLessThan(2000);
  });

  it('is inspected to the last character when it comes from standard input', async () => {
    const { exitCode, stdout } = await run(['inspect', '--json'], `${big}y\n`);
    expect(exitCode).toBe(1);
    const { findings } = JSON.parse(stdout);
    expect(findings.map(({ message }: { message: string }) => message)).toContain(
      `The token has ${big.length + 1} characters.`,
    );
  });
});

describe('the secret', { concurrent: true }, () => {
  const inspect = (args: string[], variables = {}) => run(['inspect', '--at', String(AT_S), ...args], GOOD, variables);

  it('is read from a variable or a file, and turns on the signature check', async () => {
    const isChecked = (ended: Ended) => {
      expect(ended).toEqual(ALL_GOOD);
      expect(ended.stdout).not.toContain('not checked');
    };
    isChecked(await inspect(['--secret-env', 'S'], { S: SECRET }));
    isChecked(await inspect(['--secret-file', write('secret.txt', `${SECRET}\r\n`)]));
    expect((await inspect([])).stdout).toContain('The signature was not checked');
  });

  it.each([
    ['a wrong secret', 'hush-hush-hush', 'signature_invalid'],
    ['a secret in quotes', `"${SECRET}"`, 'secret_whitespace'],
  ])('is not printed when it is %s', async (_what, secret, code) => {
    for (const format of [[], ['--json'], ['--redact', '--json']]) {
      const { exitCode, stdout, stderr } = await inspect(['--secret-env', 'S', ...format], { S: secret });
      expect(exitCode).toBe(1);
      expect(stdout).toContain(code);
      expect(stdout + stderr).not.toContain(secret);
    }
  });

  it('is rejected as an argument', async () => {
    for (const args of [['--secret', 'hush-hush'], ['--secret=hush-hush']]) {
      const { exitCode, stdout, stderr } = await inspect(args);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/shell's history.*Use --secret-env or --secret-file instead\./);
      expect(stdout + stderr).not.toContain('hush');
    }
  });
});

describe('the output for programs', { concurrent: true }, () => {
  it('is one JSON object with --json', async () => {
    const { exitCode, stdout } = await run(['inspect', '--json'], FIRST_POST);
    expect(exitCode).toBe(1);
    const { ok, findings, ...rest } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(rest).toEqual({});
    expect(findings[0]).toEqual({
      code: 'exp_not_number',
      severity: 'error',
      part: 'time',
      message: expect.any(String),
      remedy: expect.any(String),
    });
    expect(JSON.parse((await run(['inspect', '--json', '--at', String(AT_S)], GOOD)).stdout)).toEqual({
      ok: true,
      findings: [],
    });
  });

  it('is the redacted report with --redact, without personal values', async () => {
    const nowMs = AT_S * 1000;
    const at = ['--at', String(AT_S)];
    const redacted = await run(['inspect', '--redact', ...at], FIRST_POST);
    expect(redacted).toEqual({
      exitCode: 1,
      stdout: `${redact(FIRST_POST, { nowMs })}\n`,
      // The findings are for people. They stay out of the piped output.
      stderr: expect.stringContaining('exp_not_number'),
    });
    expect((await run(['inspect', '--redact', ...at], GOOD)).stderr).toBe('');
    const both = await run(['inspect', '--redact', '--json', ...at], FIRST_POST);
    expect(JSON.parse(both.stdout).redacted).toEqual(JSON.parse(redacted.stdout));
    expect(both.exitCode).toBe(1);
    for (const value of FIRST_POST_VALUES) expect(redacted.stdout + both.stdout).not.toContain(value);
  });
});

it.concurrent('prints its help and its version', async () => {
  const help = await run(['--help']);
  expect(help).toEqual({ exitCode: 0, stdout: expect.stringContaining('\nExamples:\n'), stderr: '' });
  expect(await run(['inspect', '-h'])).toEqual(help);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

const has = (program: string) => spawnSync('which', [program]).status === 0;

describe('in a pipe', { concurrent: true }, () => {
  it('prints no error when the reader has closed the pipe', async () => {
    const line = `{ eval "$run inspect ${FIRST_POST}"; echo "ended with $?" >&2; } | true`;
    expect(await runInShell(line)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'ended with 1\n',
    });
  });

  it('prints the first line to head', async () => {
    expect(await runInShell(`echo ${FIRST_POST} | eval "$run inspect" | head -1`)).toEqual({
      exitCode: 0,
      stdout: '✗ error  exp_not_number  (time)\n',
      stderr: '',
    });
  });

  it.runIf(existsSync('/dev/full'))('prints an error when it cannot write', async () => {
    const { stderr } = await runInShell(`eval "$run inspect ${FIRST_POST}" > /dev/full; echo "ended with $?" >&2`);
    expect(stderr).toMatch(/^The output could not be written\.\n.*\nended with 2\n$/);
  });

  it('prints no colors', async () => {
    // eslint-disable-next-line no-control-regex
    expect((await run(['inspect'], FIRST_POST)).stdout).not.toMatch(/\u001b/);
  });
});

// The program of util-linux. Other systems have a different program with this name.
const hasTerminal = spawnSync('script', ['-qec', 'true', '/dev/null'], { input: '' }).status === 0;

describe.runIf(hasTerminal)('on a terminal', { concurrent: true }, () => {
  async function runOnTerminal(rest: string, variables = {}): Promise<Ended> {
    const line = `"${execPath}" ${COMMAND} inspect ${rest}`;
    const { child, ended } = start('script', ['-qec', line, '/dev/null'], variables);
    const result = await ended;
    child.stdin.end();
    return result;
  }

  it('prints colors', async () => {
    const { exitCode, stdout } = await runOnTerminal(FIRST_POST);
    expect(exitCode).toBe(1);
    expect(stdout).toContain('\u001b[31m✗ error\u001b[0m');
    expect((await runOnTerminal(FIRST_POST, { NO_COLOR: '' })).stdout).toBe(stdout);
  });

  it.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('prints no colors with %j', async (variables) => {
    const { stdout } = await runOnTerminal(FIRST_POST, variables);
    expect(stdout).toContain('✗ error  exp_not_number');
    expect(stdout).not.toContain('\u001b');
  });

  it('prints an error when the token is missing, instead of waiting for input', async () => {
    const { exitCode, stdout } = await runOnTerminal('');
    expect(exitCode).toBe(2);
    expect(stdout).toContain('The token is missing. Pass it as an argument, with --file or --url, or through a pipe.');
  });
});

// Every user of a computer can see the arguments of every process.
describe.runIf(existsSync('/proc/self/cmdline') && has('mkfifo'))('the list of processes', { concurrent: true }, () => {
  /** A refused token that no other test puts on a command line, and a piece of it to search for. */
  function makeOwnToken(): { token: string; piece: string } {
    const token = makeToken(AT_S * 1000, { exp: '1', jti: randomUUID() });
    return { token, piece: token.split('.')[2]!.slice(0, 20) };
  }

  function listProcesses(): string {
    const lists = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((pid) => {
        try {
          return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        } catch {
          // The process has ended.
          return '';
        }
      });
    return [...lists, has('ps') ? execFileSync('ps', ['axww', '-o', 'args'], { encoding: 'utf8' }) : ''].join('\n');
  }

  function makePipe(name: string): string {
    execFileSync('mkfifo', [pathOf(name)]);
    return pathOf(name);
  }

  it('does not contain a token from standard input', async () => {
    const { token, piece } = makeOwnToken();
    const pipe = makePipe('secret-1');
    // The command first waits for the secret, and then for the rest of the token.
    const { child, ended } = startCommand(['inspect', '--secret-file', pipe, '-']);
    const secret = await open(pipe, 'w');
    child.stdin.write(token.slice(0, -5));
    expect(listProcesses()).toContain(pipe);
    expect(listProcesses()).not.toContain(piece);
    await secret.write('a secret');
    await secret.close();
    expect(listProcesses()).not.toContain(piece);
    child.stdin.end(token.slice(-5));
    expect((await ended).stdout).toContain('exp_not_number');
  });

  it('does not contain a token from a file', async () => {
    const { token, piece } = makeOwnToken();
    const pipe = makePipe('token-2');
    const { ended } = startCommand(['inspect', '--file', pipe]);
    const file = await open(pipe, 'w');
    await file.write(token.slice(0, -5));
    expect(listProcesses()).toContain(pipe);
    expect(listProcesses()).not.toContain(piece);
    await file.write(token.slice(-5));
    await file.close();
    expect((await ended).stdout).toContain('exp_not_number');
  });

  it('contains a token that is an argument', async () => {
    const { token, piece } = makeOwnToken();
    const pipe = makePipe('secret-3');
    const { ended } = startCommand(['inspect', token, '--secret-file', pipe]);
    const secret = await open(pipe, 'w');
    expect(listProcesses()).toContain(piece);
    await secret.close();
    expect(await ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is empty') });
  });
});

describe('an endpoint', { concurrent: true }, () => {
  it('receives three requests with the headers of a file, and its token is inspected', async () => {
    const claims = { exp: String(Math.floor(Date.now() / 1000) + 900) };
    const server = await startServer((response, count) => {
      const token = makeToken(Date.now(), { ...claims, jti: String(count) });
      response.setHeader('content-type', 'application/json').setHeader('cache-control', 'no-store');
      response.end(JSON.stringify({ token }));
    });
    const headers = write('headers.txt', 'Cookie: session=hush\n');
    const startMs = Date.now();
    const { exitCode, stdout, stderr } = await run(
      ['inspect', '--url', server.url.href, '--header-file', headers, '--secret-env', 'S', '--json', '--redact'],
      '',
      { S: SECRET },
    );
    expect(Date.now() - startMs).toBeGreaterThan(1100);
    await server.close();
    expect(stderr).toBe('');
    expect(exitCode).toBe(1);
    const { ok, findings, redacted } = JSON.parse(stdout);
    expect(ok).toBe(false);
    expect(findings.map(({ code }: { code: string }) => code)).toEqual(['exp_not_number']);
    expect(redacted.header.kid).toBe('app_ and 24 hex digits');
    expect(stdout).not.toContain(KEY_ID);
    expect(stdout).not.toContain('hush');
    expect(server.requests.map(({ headers }) => headers.cookie)).toEqual(Array(3).fill('session=hush'));
  });

  it('has no token to inspect when it redirects to a sign-in page', async () => {
    const server = await startServer((response) => void response.writeHead(302, { location: '/login' }).end());
    const shown = await run(['inspect', '--url', server.url.href]);
    const redacted = await run(['inspect', '--url', server.url.href, '--redact']);
    await server.close();
    expect(shown).toMatchObject({ exitCode: 1, stderr: '' });
    expect(shown.stdout).toMatch(/^✗ error {2}endpoint_redirect {2}\(response\)\n[^✗]*\n1 error\n$/);
    // There is nothing to redact. The reason is for people.
    expect(redacted).toEqual({ exitCode: 1, stdout: '', stderr: shown.stdout });
  });

  it('is asked only once when its URL is wrong', async () => {
    const server = await startServer((response) => void response.writeHead(404).end());
    const { exitCode, stdout } = await run(['inspect', '--url', server.url.href]);
    await server.close();
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Check the spelling of the URL');
    expect(server.requests).toHaveLength(1);
  });

  it('is not blamed for its clock when it signs with local time', async () => {
    const server = await startServer((response, count) => {
      const token = makeToken(Date.now() + 8 * 3_600_000, { jti: String(count) });
      response.setHeader('content-type', 'text/plain').setHeader('cache-control', 'no-store').end(token);
    });
    const { exitCode, stdout } = await run(['inspect', '--url', server.url.href]);
    await server.close();
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^✗ error {2}time_zone_offset/);
    expect(stdout).not.toMatch(/clock|NTP|cache/);
  });

  it('causes no error when it says that nobody is signed in', async () => {
    const server = await startServer((response) => void response.writeHead(401).end());
    const { exitCode, stdout } = await run(['inspect', '--url', server.url.href]);
    await server.close();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 info\nNo token arrived, so no token was checked.\n');
    expect(stdout).not.toContain('Nothing found');
  });
});
