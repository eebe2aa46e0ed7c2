import ts from 'typescript';

const isCode = (name) => /\.c?js$/.test(name);
const isDeclaration = (name) => /\.d\.c?ts$/.test(name);
const isTesting = (name) => /^dist\/(testing|fake)/.test(name);

const IMPORT = /\bfrom ['"]|\bimport\s*\(?['"]/;

const RULES = [
  // A bare import in a browser throws where it meets these.
  { in: isCode, text: 'process.' },
  { in: isCode, text: 'import.meta' },
  // Nothing of the testing entry reaches a site's visitors.
  { in: (name) => !isTesting(name) && (isCode(name) || isDeclaration(name)), text: 'noble' },
  { in: (name) => !isTesting(name) && isCode(name), text: 'HS256' },
  { in: (name) => !isTesting(name) && isCode(name), text: 'fake' },
  // Everything is bundled: whoever installs the package gets no other one with it.
  { in: isCode, text: 'require(' },
  { in: (name) => isCode(name) || isDeclaration(name), text: IMPORT, words: 'an import' },
];

/** @param files - the text of each shipped file by its name. Comments may say what they like. */
export function findForbiddenText(files) {
  return Object.entries(files).flatMap(([name, text]) => {
    const rules = RULES.filter((rule) => rule.in(name));
    if (rules.length === 0) return [];
    const code = isCode(name) ? dropComments(text) : text;
    return rules
      .filter((rule) => (typeof rule.text === 'string' ? code.includes(rule.text) : rule.text.test(code)))
      .map((rule) => `${name}: contains ${rule.words ?? rule.text}`);
  });
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
