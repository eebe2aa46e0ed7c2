// The sizes in the documentation. Each stands between two comments: `<!-- size:main -->6.6 kB brotli<!-- /size:main -->`.
import { format, resolveConfig } from 'prettier';
import { readMarkedText, writeMarkedText } from '../marked-text.js';

const UNITS = ['minified', 'gzip', 'brotli'];

export const TITLES = {
  'main entry': '`zendesk-messenger-auth`',
  'main entry, load() only': 'the same, if the page only calls `load()`',
  'main entry, no bundler': '`dist/index.js`, served as it is',
  'doctor, on failure': 'the doctor, loaded when a sign-in fails',
  inspect: '`zendesk-messenger-auth/inspect`',
  classic: '`zendesk-messenger-auth/classic`',
  react: '`zendesk-messenger-auth/react`, beside the main entry',
  vue: '`zendesk-messenger-auth/vue`, beside the main entry',
  svelte: '`zendesk-messenger-auth/svelte`, beside the main entry',
  angular: '`zendesk-messenger-auth/angular`, beside the main entry',
  launcher: '`createLauncher` of `zendesk-messenger-auth/launcher`',
  testing: '`zendesk-messenger-auth/testing`',
  devtools: '`zendesk-messenger-auth/devtools`, only while you develop',
  'script tag': 'the script tag’s file',
  'doctor, script tag': 'the script tag’s doctor, loaded when a sign-in fails',
};

/** A kB is 1,000 bytes. */
const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

/**
 * Returns what stands between the comments, by their name.
 *
 * @param sizes - bytes by the name and unit of a check, such as `script tag brotli`
 */
export async function composeTexts(sizes: Readonly<Record<string, number>>): Promise<Readonly<Record<string, string>>> {
  const share = sizes['main entry, load() only brotli']! / sizes['main entry brotli']!;
  const rows = Object.entries(TITLES).map(([name, title]) => [
    title,
    ...UNITS.map((unit) => kilobytes(sizes[`${name} ${unit}`]!)),
  ]);
  const table = [['Entry', ...UNITS], [':--', ...UNITS.map(() => '--:')], ...rows];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  return {
    'size:main': `${kilobytes(sizes['main entry brotli']!)} kB brotli`,
    'size:load': `${Math.round(share * 100)} %`,
    'size:doctor': `${kilobytes(sizes['doctor, on failure brotli']!)} kB brotli`,
    'size:table': `\n\n${await format(lines, { ...(await resolveConfig('README.md')), parser: 'markdown' })}\n`,
  };
}

const namesIn = (page: string) => [...page.matchAll(/<!-- (size:\w+) -->/g)].map(([, name]) => name!);

/** Returns the page with the current sizes. */
export const writeSizes = (page: string, texts: Readonly<Record<string, string>>): string =>
  namesIn(page).reduce((written, name) => writeMarkedText(written, name, texts[name]!), page);

/** Returns the names of the places in a page that have another text. */
export const findOldSizes = (page: string, texts: Readonly<Record<string, string>>): string[] =>
  namesIn(page).filter((name) => readMarkedText(page, name).text !== texts[name]);
