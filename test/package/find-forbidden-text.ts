import ts from 'typescript';
import type { Files } from './pack.js';

interface Rule {
  readonly in: (name: string) => boolean;
  readonly text: string | RegExp;
  /** What a regular expression finds. */
  readonly words?: string;
}

const isCode = (name: string) => /\.c?js$/.test(name);
const isDeclaration = (name: string) => /\.d\.c?ts$/.test(name);
const isTesting = (name: string) => /^dist\/(testing|fake|dev\.)/.test(name);
/** It uses the file of ./testing, and Vitest where that runs the tests. */
const isSetup = (name: string) => /^dist\/testing-setup\./.test(name);
/** Bundlers replace an expression in it, and other pages must not throw. */
const isDev = (name: string) => /^dist\/dev\./.test(name);
/** These take their types from the main entry. */
const importsTypes = (name: string) => /^dist\/(globals|launcher|devtools)\.d\./.test(name);
const isDevtools = (name: string) => /^dist\/(devtools|zendesk-messenger-auth\.devtools)\./.test(name);
/** Each is used with its framework. */
const isAdapter = (name: string) => /^dist\/(react|vue|svelte|angular)\./.test(name);
const isMain = (name: string) => /^dist\/index\./.test(name);
/** Visitors download the token doctor only when a sign-in fails. */
const isDoctor = (name: string) => /^dist\/(inspect|explain|cli|zendesk-messenger-auth\.explain)\./.test(name);
/** Signs tokens, so it must never be in a page. */
const isServer = (name: string) => /^dist\/server\./.test(name);
const isCommand = (name: string) => name === 'dist/cli.js';
const hasNoDoctor = (name: string) => isCode(name) && !isTesting(name) && !isDoctor(name);
const runsInBrowsers = (name: string) => isCode(name) && !isCommand(name) && !isServer(name);

const IMPORT = /\bfrom ['"]|\bimport\s*\(?['"]/;
const IMPORT_EXCEPT_DOCTOR = /\bfrom ['"]|\bimport\s*\(?['"](?!\.\/explain\.c?js['"]\))/;
const IMPORT_EXCEPT_TESTING =
  /\b(from|require\() ?['"](?!\.\/testing\.c?js['"])|\bimport\s*\(?['"](?!\.\/testing\.c?js|vitest['"])/;
const IMPORT_EXCEPT_OWN = /\bfrom ['"](?!zendesk-messenger-auth['"]|\.\/globals\.js['"])/;
const IMPORT_EXCEPT_FRAMEWORK =
  /\b(from|require\() ?['"](?!(react|vue|svelte(\/reactivity|\/store)?|@angular\/core|zendesk-messenger-auth)['"])|\bimport\s*\(?['"]/;
const IMPORT_EXCEPT_NODE = /\bfrom ['"](?!node:)|\bimport\s*\(?['"](?!node:)/;

const RULES: readonly Rule[] = [
  // These throw in a browser, or in one of the module formats.
  { in: (name) => runsInBrowsers(name) && !isDev(name), text: 'process.' },
  { in: isDev, text: /\bprocess\.(?!env\.NODE_ENV\b)/, words: 'process., and not NODE_ENV' },
  { in: runsInBrowsers, text: 'import.meta' },
  // Visitors download nothing of the testing entry.
  { in: (name) => !isTesting(name) && (isCode(name) || isDeclaration(name)), text: 'noble' },
  { in: (name) => !isTesting(name) && isCode(name), text: 'fake' },
  // The panel is in no page that does not import it. This is the name of its element.
  { in: (name) => isCode(name) && !isDevtools(name), text: 'zendesk-messenger-devtools' },
  // The package has no dependencies, so everything is bundled.
  { in: (name) => isCode(name) && !isAdapter(name) && !isSetup(name), text: 'require(' },
  { in: isAdapter, text: IMPORT_EXCEPT_FRAMEWORK, words: "an import that is not the framework's" },
  { in: isSetup, text: IMPORT_EXCEPT_TESTING, words: "an import that is not the testing entry's" },
  {
    in: (name) =>
      isServer(name) ||
      (isDeclaration(name) && !importsTypes(name) && !isAdapter(name) && !isSetup(name)) ||
      (runsInBrowsers(name) && !isMain(name) && !isAdapter(name) && !isSetup(name)),
    text: IMPORT,
    words: 'an import',
  },
  { in: importsTypes, text: IMPORT_EXCEPT_OWN, words: "an import that is not the package's own" },
  {
    in: (name) => isMain(name) && isCode(name),
    text: IMPORT_EXCEPT_DOCTOR,
    words: "an import that is not the doctor's",
  },
  { in: isCommand, text: IMPORT_EXCEPT_NODE, words: 'an import of a package' },
];

/** Ignores comments, except for one that names a source map, because the package has none. */
export function findForbiddenText(files: Files): string[] {
  const sentences = readSentences(files['dist/explain.js']!);
  if (sentences.length === 0) return ['dist/explain.js: the doctor says nothing'];
  const serverSentences = readSentences(files['dist/server.js']!);
  if (serverSentences.length === 0) return ['dist/server.js: the server half says nothing'];
  return Object.entries(files).flatMap(([name, text]) => {
    const rules = RULES.filter((rule) => rule.in(name));
    if (rules.length === 0) return [];
    const code = isCode(name) ? dropComments(text) : text;
    const said = hasNoDoctor(name) ? readTexts(text).join('\n') : '';
    return [
      ...(text.includes('//# sourceMappingURL=') ? [`${name}: names a source map`] : []),
      ...rules
        .filter((rule) => (typeof rule.text === 'string' ? code.includes(rule.text) : rule.text.test(code)))
        .map((rule) => `${name}: contains ${rule.words ?? String(rule.text)}`),
      ...sentences
        .filter((sentence) => said.includes(sentence))
        .map((sentence) => `${name}: contains the doctor's “${sentence}”`),
      ...(isCode(name) && !isServer(name) ? serverSentences : [])
        .filter((sentence) => code.includes(sentence))
        .map((sentence) => `${name}: contains the server half's “${sentence}”`),
    ];
  });
}

const readSentences = (code: string) => readTexts(code).filter((text) => text.length > 20 && text.includes(' '));

/** Returns the strings in a file, and the parts of its template literals. */
function readTexts(code: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text.trim());
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('shipped.js', code, ts.ScriptTarget.ESNext));
  return texts;
}

/** The tests of this check look at the same files many times. */
const withoutComments = new Map<string, string>();

function dropComments(text: string): string {
  const known = withoutComments.get(text);
  if (known !== undefined) return known;
  // verbatimModuleSyntax keeps unused imports, so that the rules find them.
  const compilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    removeComments: true,
    verbatimModuleSyntax: true,
  };
  const { outputText } = ts.transpileModule(text.replaceAll('/*!', '/*'), { compilerOptions });
  withoutComments.set(text, outputText);
  return outputText;
}
