// Formats findings as text for people.
import type { FindingSeverity } from '../core/findings.js';
import type { TokenEndpointFinding } from '../endpoint-check/endpoint-findings.js';

export interface Report {
  /** Those that explain others first, then errors, warnings and infos. */
  readonly findings: readonly TokenEndpointFinding[];
  /** Whether there was a token to check. */
  readonly hasToken: boolean;
  /** Whether a secret was given, even if the signature could not be checked with it. */
  readonly hasSecret: boolean;
  readonly isSignatureChecked: boolean;
}

export interface Style {
  /** The width in characters. Lines of code may be longer. */
  readonly width: number;
  readonly hasColor: boolean;
}

export const SEVERITIES: readonly FindingSeverity[] = ['error', 'warning', 'info'];

const SYMBOLS: Readonly<Record<FindingSeverity, string>> = { error: '✗', warning: '!', info: 'i' };
// ECMA-48 codes: red, yellow, cyan; bold and faint.
const COLORS: Readonly<Record<FindingSeverity, number>> = { error: 31, warning: 33, info: 36 };
const GREEN = 32;
const BOLD = 1;
const FAINT = 2;

type Paint = (code: number, text: string) => string;

export function printReport(
  { findings, hasToken, hasSecret, isSignatureChecked }: Report,
  { width, hasColor }: Style,
): string {
  const paint: Paint = (code, text) => (hasColor ? `\u001b[${code}m${text}\u001b[0m` : text);
  const printedLists = new Map<string, string>();
  const blocks = findings.map((finding) => printFinding(finding, width, paint, printedLists));
  const closingLines = [summarize(findings, hasToken, paint)];
  if (hasToken) {
    if (isSignatureChecked && !findings.some(({ part }) => part === 'signature')) {
      closingLines.push('The signature is correct: the token was signed with this secret.');
    }
    if (!findings.some(isAlarming)) closingLines.push(wrap(describeUncheckedCauses(isSignatureChecked), width));
    if (!isSignatureChecked) {
      const how = hasSecret ? '' : ' To check it, add --secret-env NAME or --secret-file FILE.';
      closingLines.push(wrap(`The signature was not checked.${how}`, width));
    }
  } else if (!findings.some(isError)) closingLines.push('No token arrived, so no token was checked.');
  return [...blocks, `${closingLines.join('\n')}\n`].join('\n');
}

/** Whether the exit code is 1 because of it: an error, or a secret in the token, even if only its shape says so. */
export function isAlarming(finding: TokenEndpointFinding): boolean {
  return isError(finding) || finding.code === 'secret_exposed';
}

function isError({ severity }: TokenEndpointFinding): boolean {
  return severity === 'error';
}

/**
 * @param printedLists - the lists for backends that were already printed, with the code of the finding where each was
 *   printed. A list is printed only once.
 */
function printFinding(
  { severity, code, part, message, remedy }: TokenEndpointFinding,
  width: number,
  paint: Paint,
  printedLists: Map<string, string>,
): string {
  const head = `${paint(COLORS[severity], `${SYMBOLS[severity]} ${severity}`)}  ${paint(BOLD, code)}  ${paint(FAINT, `(${part})`)}`;
  const [advice = '', ...lines] = remedy.split('\n');
  const list = lines.join('\n');
  const printedAt = printedLists.get(list);
  if (list !== '' && printedAt === undefined) printedLists.set(list, code);
  const shown =
    printedAt === undefined ? printList(lines, paint) : [`    ${paint(FAINT, `Code: see ${printedAt} above.`)}`];
  return `${[head, wrap(message, width, '  '), wrap(advice, width, '  → ', '    '), ...shown].join('\n')}\n`;
}

/** Prints one `Backend: code` per line. Code is not wrapped, because people copy it. */
function printList(lines: readonly string[], paint: Paint): string[] {
  const rows = lines.map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(0, at), line.slice(at + 2)] as const;
  });
  const nameWidth = Math.max(...rows.map(([backend]) => backend.length));
  return rows.map(([backend, code]) => `    ${paint(FAINT, backend.padEnd(nameWidth))}  ${code}`);
}

function summarize(findings: readonly TokenEndpointFinding[], hasToken: boolean, paint: Paint): string {
  const counts = SEVERITIES.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : `${count} ${severity}${count === 1 ? '' : 's'}`;
  }).join(', ');
  if (findings.some(isAlarming)) return paint(COLORS.error, counts);
  if (!hasToken) return counts;
  return [paint(GREEN, 'Found nothing that Zendesk would refuse.'), ...(counts === '' ? [] : [`(${counts})`])].join(
    ' ',
  );
}

function describeUncheckedCauses(isSignatureChecked: boolean): string {
  const secret = isSignatureChecked ? '' : 'whether the secret is right, ';
  return `If Zendesk still refuses the token, check what it does not show: ${secret}whether the key id (kid) belongs to the secret, whether the key belongs to this account, and whether the e-mail belongs to another user (409).`;
}

function wrap(text: string, width: number, first = '', next = first): string {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = next;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
