// The README as its tests see it: blocks of code, tables, commands.
import { readFileSync } from 'node:fs';

export const README = readFileSync('README.md', 'utf8');

export interface Block {
  readonly language: string;
  readonly code: string;
  readonly file: string;
  /** Of its first line of code, from 1. */
  readonly line: number;
}

export const BLOCKS: readonly Block[] = [...README.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
  ({ 1: language = '', 2: code = '', index }) => ({
    language,
    code,
    file: 'README.md',
    line: README.slice(0, index).split('\n').length + 1,
  }),
);

export const PROSE = README.replace(/^```.*?^```$/gms, '');

/** The one block that contains this text. */
export function blockWith(text: string): string {
  const found = BLOCKS.filter(({ code }) => code.includes(text));
  if (found.length !== 1) throw new Error(`${found.length} blocks of the README contain "${text}"`);
  return found[0]!.code;
}

/** The rows of the first table whose head begins with this cell, without the head. A name in backticks loses them. */
export function tableOf(firstHead: string): string[][] {
  const [, rows] = new RegExp(`^\\| ${firstHead} .*\\n\\|[ |:-]*\\n((?:\\|.*\\n)+)`, 'm').exec(README) ?? [];
  if (!rows) throw new Error(`The README has no table with the head "${firstHead}"`);
  return rows
    .trim()
    .split('\n')
    .map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
    );
}
