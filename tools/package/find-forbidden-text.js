import ts from 'typescript';

const isCode = (name) => /\.c?js$/.test(name);
const isDeclaration = (name) => /\.d\.c?ts$/.test(name);
const isTesting = (name) => /^dist\/(testing|fake)/.test(name);

const isMain = (name) => /^dist\/index\./.test(name);
// Visitors download the token doctor only when a sign-in fails.
const isDoctor = (name) => /^dist\/(inspect|explain|cli|zendesk-messenger-auth\.explain)\./.test(name);
const isCommand = (name) => name === 'dist/cli.js';
const hasNoDoctor = (name) => isCode(name) && !isTesting(name) && !isDoctor(name);
const runsInBrowsers = (name) => isCode(name) && !isCommand(name);

const IMPORT = /\bfrom ['"]|\bimport\s*\(?['"]/;
const IMPORT_BUT_DOCTOR = /\bfrom ['"]|\bimport\s*\(?['"](?!\.\/explain\.c?js['"]\))/;
const IMPORT_BUT_NODE = /\bfrom ['"](?!node:)|\bimport\s*\(?['"](?!node:)/;

const RULES = [
  // These throw in a browser, or in one of the module formats.
  { in: runsInBrowsers, text: 'process.' },
  { in: runsInBrowsers, text: 'import.meta' },
  // Visitors download nothing of the testing entry.
  { in: (name) => !isTesting(name) && (isCode(name) || isDeclaration(name)), text: 'noble' },
  { in: (name) => !isTesting(name) && isCode(name), text: 'fake' },
  // The package has no dependencies, so everything is bundled.
  { in: isCode, text: 'require(' },
  { in: (name) => isDeclaration(name) || (runsInBrowsers(name) && !isMain(name)), text: IMPORT, words: 'an import' },
  { in: (name) => isMain(name) && isCode(name), text: IMPORT_BUT_DOCTOR, words: "an import that is not the doctor's" },
  { in: isCommand, text: IMPORT_BUT_NODE, words: 'an import of a package' },
];

/**
 * Ignores comments, except for one that names a source map: the package has none.
 *
 * @param files - the text of each file of the package, by its name
 */
export function findForbiddenText(files) {
  const sentences = readTexts(files['dist/explain.js']).filter((text) => text.length > 20 && text.includes(' '));
  if (sentences.length === 0) return ['dist/explain.js: the doctor says nothing'];
  return Object.entries(files).flatMap(([name, text]) => {
    const rules = RULES.filter((rule) => rule.in(name));
    if (rules.length === 0) return [];
    const code = isCode(name) ? dropComments(text) : text;
    const said = hasNoDoctor(name) ? readTexts(text).join('\n') : '';
    return [
      ...(text.includes('//# sourceMappingURL=') ? [`${name}: names a source map`] : []),
      ...rules
        .filter((rule) => (typeof rule.text === 'string' ? code.includes(rule.text) : rule.text.test(code)))
        .map((rule) => `${name}: contains ${rule.words ?? rule.text}`),
      ...sentences
        .filter((sentence) => said.includes(sentence))
        .map((sentence) => `${name}: contains the doctor's “${sentence}”`),
    ];
  });
}

/** The strings in a file, and the parts of its templates. */
function readTexts(code) {
  const texts = [];
  (function visit(node) {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) {
      texts.push(node.text.trim());
    }
    ts.forEachChild(node, visit);
  })(ts.createSourceFile('shipped.js', code, ts.ScriptTarget.ESNext));
  return texts;
}

// The tests of this check look at the same files many times.
const withoutComments = new Map();

function dropComments(text) {
  // Keeps unused imports, so that the rules find them.
  const compilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    removeComments: true,
    verbatimModuleSyntax: true,
  };
  const known =
    withoutComments.get(text) ?? ts.transpileModule(text.replaceAll('/*!', '/*'), { compilerOptions }).outputText;
  withoutComments.set(text, known);
  return known;
}
