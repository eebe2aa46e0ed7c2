// A chapter of the documentation as the bundler of a site would put it together: its block as ./support, beside ./messenger.
import { join } from 'node:path';
import { build, type Loader, type Plugin } from 'esbuild';
import { compile as compileSvelte } from 'svelte/compiler';
import { compileScript, parse } from 'vue/compiler-sfc';
import { BLOCKS, blockWith } from './read-docs.js';

const FOLDER = join(import.meta.dirname, '../..');

export type Chapter = 'tsx' | 'vue' | 'svelte';
export type Side = 'browser' | 'server';

/** The one block in this language that passes a user to the adapter of its framework, and shows the status. */
export function chapterIn(language: Chapter): string {
  const [block, ...others] = BLOCKS.filter(
    ({ language: other, code }) =>
      other === language && /useMessenger\(messenger, \{/.test(code) && code.includes('status'),
  );
  if (!block || others.length > 0) throw new Error(`The documentation must have one such block in ${language}`);
  return block.code;
}

function compileChapter(language: Chapter, side: Side): { contents: string; loader: Loader } {
  const code = chapterIn(language);
  if (language === 'tsx') return { contents: code, loader: 'tsx' };
  if (language === 'vue') {
    const { descriptor, errors } = parse(code);
    if (errors[0]) throw errors[0];
    return { contents: compileScript(descriptor, { id: 'support', inlineTemplate: true }).content, loader: 'ts' };
  }
  const generate = side === 'server' ? 'server' : 'client';
  return { contents: compileSvelte(code, { generate, dev: true, filename: 'support.svelte' }).js.code, loader: 'js' };
}

function loadBlock(path: string, language: Chapter, side: Side): { contents: string; loader: Loader } {
  if (path === './messenger') return { contents: blockWith('// messenger.ts'), loader: 'ts' };
  if (path === './app') return { contents: blockWith('// app.tsx'), loader: 'tsx' };
  return compileChapter(language, side);
}

function serveBlocks(language: Chapter, side: Side): Plugin {
  return {
    name: 'blocks-of-the-documentation',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\.\/(messenger|support|app)$/ }, ({ path }) => ({ path, namespace: 'documentation' }));
      onResolve({ filter: /^zendesk-messenger-auth($|\/)/ }, ({ path }) => ({
        path: join(FOLDER, 'src', path.split('/')[1] ?? '', 'index.ts'),
      }));
      onLoad({ filter: /./, namespace: 'documentation' }, ({ path }) => ({
        resolveDir: FOLDER,
        ...loadBlock(path, language, side),
      }));
    },
  };
}

/**
 * `entry`, which may import what the chapter's reader has, as an expression whose value is what it exports. A server's may
 * name `require`. `alias` replaces packages, such as another version of the framework.
 */
export async function bundleChapter(
  language: Chapter,
  side: Side,
  entry: string,
  alias: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: FOLDER, loader: 'ts' },
    plugins: [serveBlocks(language, side)],
    alias,
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'chapter',
    platform: side === 'server' ? 'node' : 'browser',
    conditions: ['development'],
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"development"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'true',
    },
  });
  return `(() => { ${outputFiles[0]!.text}\nreturn chapter; })()`;
}
