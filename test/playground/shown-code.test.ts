// The code that the playground shows: it is what the playground runs, and it is complete.
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { FAKE_ACCOUNT } from '../../src/testing/index.js';
import { loadModule } from './load-module.js';

const { codeOf, readPage, splitLine } = await loadModule('shown-code');
const { withLibrary } = await loadModule('with-library');
const { handWritten } = await loadModule('hand-written');

type Line = { readonly text: string; readonly part: string };
const textOf = (page: readonly Line[]) => page.map(({ text }) => text).join('\n');
const PAGES: [string, Line[], object][] = [
  [
    'with the library',
    readPage(withLibrary, ["import { createMessenger } from 'zendesk-messenger-auth';"]),
    withLibrary,
  ],
  ['hand-written', readPage(handWritten), handWritten],
];

it('shows what is in the braces of a function, without the indentation and the last return', () => {
  // As String() returns it. The test's own functions are compiled, which changes their text.
  const lines = ['start(page) {', '    if (page) {', '      page();', '    }', '', '    return page;', '  }'];
  expect(codeOf(lines.join('\n'))).toBe('if (page) {\n  page();\n}');
});

describe.each(PAGES)('%s', (_name, page, actions) => {
  it('is code that can be parsed', () => {
    const { diagnostics } = ts.transpileModule(textOf(page), {
      reportDiagnostics: true,
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    expect(diagnostics!.map(({ messageText }) => messageText)).toEqual([]);
  });

  it('has all functions, and says of each line which one it is from', () => {
    expect([...new Set(page.map(({ part }) => part).filter(Boolean))]).toEqual(Object.keys(actions));
    for (const [part, action] of Object.entries(actions)) {
      const own = page.filter((line) => line.part === part);
      expect(textOf(own)).toContain(codeOf(action));
    }
  });

  it('is split into parts that make up the whole line', () => {
    for (const { text } of page) {
      const parts = splitLine(text) as { text: string }[];
      expect(parts.map((part) => part.text).join('')).toBe(text);
    }
  });
});

it('names the fake’s account and the endpoint', () => {
  expect(codeOf(withLibrary.start)).toContain(`key: '${FAKE_ACCOUNT.key}'`);
  expect(codeOf(withLibrary.start)).toContain(`tokenUrl: '/zendesk-token'`);
});

it('tells comments, strings and keywords from the rest', () => {
  expect(splitLine("await go('a // b'); // done")).toEqual([
    { kind: 'keyword', text: 'await' },
    { kind: 'plain', text: ' go(' },
    { kind: 'string', text: "'a // b'" },
    { kind: 'plain', text: '); ' },
    { kind: 'comment', text: '// done' },
  ]);
});
