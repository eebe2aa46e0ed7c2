// Blocks of documentation as files beside the library's sources, and what the compiler says of both.
import { join } from 'node:path';
import ts from 'typescript';
import type { Block } from './read-docs.js';

const FOLDER = join(import.meta.dirname, '../..');
const PUBLIC = join(FOLDER, 'src/index.ts');

// What a block takes from the page or the test around it.
const PRELUDE = `
import 'zendesk-messenger-auth/globals';
import type { Messenger } from 'zendesk-messenger-auth';
declare global {
  const messenger: Messenger;
  const user: { id: string } | undefined;
  const page: import('puppeteer').Page;
  const app: import('express').Express;
  function currentUser(request: Request): Promise<{ id: number; name: string } | null>;
  function showContactForm(): void;
  // What Nuxt imports by itself.
  function defineNuxtPlugin(plugin: (nuxtApp: { hook(name: 'app:mounted', run: () => void): void }) => void): unknown;
  function useCookie(name: string): import('vue').Ref<string | null | undefined>;
  interface ImportMeta { readonly env: { readonly DEV: boolean } }
  namespace NodeJS { interface ProcessEnv { ZENDESK_KEY_ID: string; ZENDESK_SECRET: string } }
  namespace Express { interface Request { user?: { id: number; name: string } } }
}`;

// A site's own module.
const SESSION = 'export declare function currentUserId(): Promise<string | undefined>;';

const CONFIG = {
  extends: './tsconfig.json',
  files: [],
  compilerOptions: {
    allowJs: true,
    checkJs: true,
    jsx: 'react-jsx',
    paths: {
      'zendesk-messenger-auth': ['./src/index.ts'],
      'zendesk-messenger-auth/globals': ['./src/globals.ts'],
      'zendesk-messenger-auth/inspect': ['./src/inspect/index.ts'],
      'zendesk-messenger-auth/classic': ['./src/classic/index.ts'],
      'zendesk-messenger-auth/react': ['./src/react/index.ts'],
      'zendesk-messenger-auth/vue': ['./src/vue/index.ts'],
      'zendesk-messenger-auth/svelte': ['./src/svelte/index.ts'],
      'zendesk-messenger-auth/angular': ['./src/angular/index.ts'],
      'zendesk-messenger-auth/launcher': ['./src/launcher/index.ts'],
      'zendesk-messenger-auth/server': ['./src/server/index.ts'],
      'zendesk-messenger-auth/testing': ['./src/testing/index.ts'],
      'zendesk-messenger-auth/testing/setup': ['./src/testing-setup/index.ts'],
      'zendesk-messenger-auth/dev': ['./src/dev/index.ts'],
      'zendesk-messenger-auth/devtools': ['./src/devtools/index.ts'],
      '~/messenger': ['./test/docs/messenger.ts'],
      puppeteer: ['./node_modules/puppeteer-core'],
    },
  },
};

// JavaScript has none.
const PARAMETER_WITHOUT_TYPE = 7006;

/** A block that begins with the name of a file is that file: other blocks may import it. */
export function nameOf(code: string): string | undefined {
  return /^\/\/ ([\w-]+\.[jt]sx?)\n/.exec(code)?.[1];
}

export interface Compiled {
  /** What is wrong with the blocks, one line each, with the block's file and line. */
  readonly problems: readonly string[];
  /** The members of a public union of strings. */
  stringsOf(typeName: string): string[];
  /** The members of a public union of objects with a `type`: the names of their other properties. */
  membersOf(typeName: string): Record<string, string[]>;
}

/** @param around - declarations of what else the blocks take from around them */
export function compile(blocks: readonly Block[], around = ''): Compiled {
  const files = new Map(
    blocks.map(({ language, code }, index) => [
      join(FOLDER, 'test/docs', nameOf(code) ?? `block-${index}.${language}`),
      // Every block is a module of its own.
      `${code}\nexport {};\n`,
    ]),
  );
  const places = new Map([...files.keys()].map((name, index) => [name, blocks[index]!]));
  files.set(join(FOLDER, 'test/docs/prelude.ts'), PRELUDE + around);
  files.set(join(FOLDER, 'test/docs/session.ts'), SESSION);

  const { options } = ts.parseJsonConfigFileContent(CONFIG, ts.sys, FOLDER);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys(), PUBLIC], options, host);
  const checker = program.getTypeChecker();

  function membersOf(typeName: string): ts.Type[] {
    const module = checker.getSymbolAtLocation(program.getSourceFile(PUBLIC)!)!;
    const exported = checker.getExportsOfModule(module).find(({ name }) => name === typeName)!;
    const type = checker.getDeclaredTypeOfSymbol(checker.getAliasedSymbol(exported));
    return type.isUnion() ? type.types : [];
  }
  const toText = (type: ts.Type) => (type.isStringLiteral() ? type.value : checker.typeToString(type));

  return {
    problems: [...program.getGlobalDiagnostics(), ...program.getOptionsDiagnostics(), ...diagnose(program, files)].map(
      ({ file, start = 0, messageText }) => {
        const text = ts.flattenDiagnosticMessageText(messageText, ' ');
        if (!file) return text;
        const place = places.get(file.fileName) ?? { file: file.fileName, line: 1 };
        return `${place.file}:${place.line + ts.getLineAndCharacterOfPosition(file, start).line} ${text}`;
      },
    ),
    stringsOf: (typeName) => membersOf(typeName).map(toText),
    membersOf: (typeName) =>
      Object.fromEntries(
        membersOf(typeName).map((member) => [
          toText(checker.getTypeOfSymbol(member.getProperty('type')!)),
          member
            .getProperties()
            .map(({ name }) => name)
            .filter((name) => name !== 'type' && name !== 'atMs'),
        ]),
      ),
  };
}

function diagnose(program: ts.Program, files: ReadonlyMap<string, string>): ts.Diagnostic[] {
  return [...files.keys()].flatMap((name) => {
    const file = program.getSourceFile(name)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return found.filter(({ code }) => !(name.endsWith('.js') && code === PARAMETER_WITHOUT_TYPE));
  });
}
