import ts from 'typescript';

const isCode = (name) => /\.c?js$/.test(name);
const isDeclaration = (name) => /\.d\.c?ts$/.test(name);
const isTesting = (name) => /^dist\/(testing|fake)/.test(name);

const isMain = (name) => /^dist\/index\./.test(name);
// The token doctor, which nobody downloads who has no trouble.
const isDoctor = (name) => /^dist\/(inspect|explain|cli|zendesk-messenger-auth\.explain)\./.test(name);
// The command runs in Node, with nothing but what Node has.
const isCommand = (name) => name === 'dist/cli.js';
const hasNoDoctor = (name) => isCode(name) && !isTesting(name) && !isDoctor(name);
const runsInBrowsers = (name) => isCode(name) && !isCommand(name);

const IMPORT = /\bfrom ['"]|\bimport\s*\(?['"]/;
const IMPORT_BUT_DOCTOR = /\bfrom ['"]|\bimport\s*\(?['"](?!\.\/explain\.c?js['"]\))/;
const IMPORT_BUT_NODE = /\bfrom ['"](?!node:)|\bimport\s*\(?['"](?!node:)/;

const RULES = [
  // A bare import in a browser throws where it meets these.
  { in: runsInBrowsers, text: 'process.' },
  { in: runsInBrowsers, text: 'import.meta' },
  // Nothing of the testing entry reaches a site's visitors.
  { in: (name) => !isTesting(name) && (isCode(name) || isDeclaration(name)), text: 'noble' },
  { in: (name) => !isTesting(name) && isCode(name), text: 'fake' },
  // Everything is bundled: whoever installs the package gets no other one with it.
  { in: isCode, text: 'require(' },
  { in: (name) => isDeclaration(name) || (runsInBrowsers(name) && !isMain(name)), text: IMPORT, words: 'an import' },
  { in: (name) => isMain(name) && isCode(name), text: IMPORT_BUT_DOCTOR, words: "an import that is not the doctor's" },
  { in: isCommand, text: IMPORT_BUT_NODE, words: 'an import of a package' },
];

/** @param files - the text of each shipped file by its name. Comments may say what they like. */
export function findForbiddenText(files) {
  const sentences = readTexts(files['dist/explain.js']).filter((text) => text.length > 20 && text.includes(' '));
  if (sentences.length === 0) return ['dist/explain.js: the doctor says nothing'];
  return Object.entries(files).flatMap(([name, text]) => {
    const rules = RULES.filter((rule) => rule.in(name));
    if (rules.length === 0) return [];
    const code = isCode(name) ? dropComments(text) : text;
    const said = hasNoDoctor(name) ? readTexts(text).join('\n') : '';
    return [
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

function dropComments(text) {
  // Left as it is otherwise: an import that nothing uses must stay to be found.
  const compilerOptions = {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.ESNext,
    removeComments: true,
    verbatimModuleSyntax: true,
  };
  return ts.transpileModule(text.replaceAll('/*!', '/*'), { compilerOptions }).outputText;
}
