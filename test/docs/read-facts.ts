// The numbered facts of docs/messenger.md, and the references to them. messenger-facts.test.ts has the forms of a reference.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const CHAPTER = 'docs/messenger.md';

export interface Fact {
  readonly number: number;
  /** What the anchor says, which is what links use. */
  readonly anchor: number;
  readonly mark: string;
  /** 'builds differ', 'B26 only' or '' */
  readonly builds: string;
  /** Its first paragraph, on one line. */
  readonly text: string;
}

export interface Reference {
  readonly file: string;
  readonly line: number;
  /** As it is written. */
  readonly text: string;
  /** Empty if the reference cannot be read. */
  readonly numbers: readonly number[];
}

const FACT = /^<a id="m(\d+)"><\/a>\*\*(\d+)\*\* · (\w*)(?:, ([\w ]+))? · ((?:.+\n)+)/gm;

export function readFacts(chapter: string): Fact[] {
  return [...chapter.matchAll(FACT)].map(([, anchor, number, mark = '', builds = '', text = '']) => ({
    number: Number(number),
    anchor: Number(anchor),
    mark,
    builds,
    text: text.trim().replaceAll('\n', ' '),
  }));
}

// The parentheses around the M keep this line from being a reference itself.
const REFERENCE = /\[(?:M)(?![A-Za-z_])([^\]]*)\]/g;

/** Finds the references in a text, also those that a comment breaks into two lines. */
export function readReferences(file: string, text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map(({ 0: whole, 1: list = '', index }) => ({
    file,
    line: text.slice(0, index).split('\n').length,
    text: whole,
    numbers: readNumbers(list.replace(/\n\s*(?:\/\/|\*)?\s*/g, ' ')),
  }));
}

function readNumbers(list: string): number[] {
  const ranges = list.split(',').map((range) => /^ (\d+)(?:[–-](\d+))?$/.exec(range));
  const numbers = ranges.map((range) => {
    const [, first, last = first] = range ?? [];
    return Array.from({ length: Math.max(0, Number(last) - Number(first) + 1) || 0 }, (_, i) => Number(first) + i);
  });
  return numbers.some((range) => range.length === 0) ? [] : numbers.flat();
}

/** What is wrong with the references: one line for each that names a fact that does not exist, or cannot be read. */
export function findDeadReferences(references: readonly Reference[], facts: readonly Fact[]): string[] {
  const known = new Set(facts.map(({ number }) => number));
  return references
    .filter(({ numbers }) => numbers.length === 0 || numbers.some((number) => !known.has(number)))
    .map(({ file, line, text }) => `${file}:${line} ${text}`);
}

/** The facts to which no reference leads. */
export function findUnusedFacts(references: readonly Reference[], facts: readonly Fact[]): Fact[] {
  const used = new Set(references.flatMap(({ numbers }) => numbers));
  return facts.filter(({ number }) => !used.has(number));
}

const FOLDERS = ['src', 'test', 'tools', 'examples', 'docs'];
const TEXT = /\.(?:[cm]?[jt]sx?|md|html|css|json|txt|vue|svelte)$/;
// Installed packages, and what typedoc and VitePress write.
const FOREIGN = /(?:^|\/)(?:node_modules|dist|docs\/api|\.vitepress\/cache)\//;

/** All references of the repository, except those of the chapter itself. */
export function readAllReferences(): Reference[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
  )
    .filter((path) => TEXT.test(path) && !FOREIGN.test(path) && path !== CHAPTER)
    .sort()
    .flatMap((path) => readReferences(path, readFileSync(path, 'utf8')));
}
