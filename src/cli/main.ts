// The command. This is the only file that uses the process: it reads the input, runs the doctor, prints the report and
// sets the exit code.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { examineEndpoint } from '../endpoint-check/examine-endpoint.js';
import { fetchToken } from '../endpoint-check/fetch-token.js';
import type { ObtainedToken } from '../endpoint-check/join-findings.js';
import { redact, type TokenProduct } from '../inspect/index.js';
import { trimSecret, MAX_SECRET_LENGTH } from '../inspect/secret-mistakes.js';
import { parseArguments, type InspectCommand, type SecretSource, type Source } from './arguments.js';
import { createReport } from './create-report.js';
import { parseHeaders } from './header-file.js';
import { HELP } from './help.js';
import { printReport, type Style } from './print.js';
import { describeTokenFile, dropLineBreak, readText, readTextFile } from './read-input.js';
import { UsageError } from './usage-error.js';

const { argv, env, stderr, stdin, stdout } = process;

async function run(): Promise<number> {
  const command = parseArguments(argv.slice(2), stdin.isTTY);
  if (command.name === 'help') stdout.write(HELP);
  else if (command.name === 'version') stdout.write(`${await readVersion()}\n`);
  else return inspect(command);
  return 0;
}

async function readVersion(): Promise<string> {
  const manifest = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}

async function inspect(command: InspectCommand): Promise<number> {
  const { source, secret: secretSource, product, atMs, isJson, isRedacted } = command;
  // Read the secret first: if its file name is mistyped, the error appears before the request and before the token is
  // typed.
  const secret = secretSource && (await readSecret(secretSource));
  const obtained = await obtainToken(source, product);
  const report = await createReport(obtained, secret, atMs, product);
  const { findings, isOk } = report;
  const redacted = isRedacted && obtained.token ? redact(obtained.token.value, report.options) : undefined;

  if (isJson) {
    const parsed: unknown = redacted === undefined ? undefined : JSON.parse(redacted);
    stdout.write(`${JSON.stringify({ ok: isOk, findings, redacted: parsed }, null, 2)}\n`);
  } else if (isRedacted) {
    if (redacted !== undefined) stdout.write(`${redacted}\n`);
    // With --redact, standard output has only the redacted token, because people pipe it. The report goes to standard
    // error.
    if (redacted === undefined || !isOk) stderr.write(printReport(report, chooseStyle(stderr)));
  } else stdout.write(printReport(report, chooseStyle(stdout)));
  return isOk ? 0 : 1;
}

async function obtainToken(source: Source, product: TokenProduct | undefined): Promise<ObtainedToken> {
  if (source.from === 'endpoint') {
    const { url, headerFile } = source;
    const headers =
      headerFile === undefined ? [] : parseHeaders(await readTextFile(headerFile, 'The file from --header-file'));
    const onProgress = (text: string) => stderr.isTTY && stderr.write(`${text}\n`);
    return examineEndpoint(url, headers, { fetchToken, wait, caller: 'command', product, onProgress });
  }
  return { findings: [], token: { value: await readToken(source) } };
}

async function readToken(source: Exclude<Source, { readonly from: 'endpoint' }>): Promise<string> {
  if (source.from === 'argument') return source.token;
  if (source.from === 'stdin') return dropLineBreak(await readText(stdin, 'Standard input'));
  return dropLineBreak(await readTextFile(source.path, describeTokenFile(source.path)));
}

async function readSecret(source: SecretSource): Promise<string> {
  const description = source.from === 'variable' ? 'The variable from --secret-env' : 'The file from --secret-file';
  const secret =
    source.from === 'variable' ? env[source.name] : dropLineBreak(await readTextFile(source.path, description));
  if (secret === undefined) throw new UsageError(`${description} is not set.`);
  if (trimSecret(secret) === '') throw new UsageError(`${description} is empty.`);
  if (secret.length > MAX_SECRET_LENGTH) throw new UsageError(`${description} is too long for a secret.`);
  return secret;
}

function chooseStyle({ isTTY, columns }: NodeJS.WriteStream): Style {
  const hasColor = isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  // Longer lines are hard to read. A terminal that does not know its width reports 0.
  return { width: isTTY && columns > 0 ? Math.min(Math.max(columns, 40), 100) : 80, hasColor };
}

function fail(error: unknown): void {
  process.exitCode = 2;
  // Do not print other errors' messages, because they could quote the token.
  const text =
    error instanceof UsageError
      ? `${error.message}\nSee: zendesk-messenger-auth --help`
      : 'An unexpected error occurred. Please report it, without the token.';
  stderr.write(`${text}\n`);
}

process.on('uncaughtException', fail);
stdout.on('error', (error: NodeJS.ErrnoException) => {
  // EPIPE: the reader has closed the pipe, as `| head -1` does. This is not an error.
  if (error.code !== 'EPIPE') fail(new UsageError('The output could not be written.'));
});
// If standard error fails, there is no other way to report it.
stderr.on('error', () => {});
// Not exit(), which would lose output that is still on its way into a pipe.
run().then((exitCode) => (process.exitCode ??= exitCode), fail);
