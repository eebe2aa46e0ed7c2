// llms.txt, the index of the documentation for coding assistants (llmstxt.org): one on the site, one in the npm package.
import { readFileSync } from 'node:fs';
import { isApp, SITE } from '../../docs/.vitepress/address.js';
import { composeSidebar } from '../../docs/.vitepress/sidebar.js';
import { fileOf, flattenSidebar, readFrontmatter, readPage, withoutMarks, type SidebarItem } from './read-pages.js';

const HEAD = `# zendesk-messenger-auth

> Signs a site's users in to the Zendesk messenger and keeps them signed in. It loads the messenger, fetches a JWT from the
> site's backend, renews it before it expires, and says what is wrong with a token that Zendesk refuses.

- In the page: \`createMessenger({ key, tokenUrl })\` once, in a module, and \`messenger.setUser(id)\` on each page load and after each
  change. \`setUser(null)\` signs out. All other commands go through \`messenger.zE(…)\`.
- In a JavaScript backend: \`createTokenEndpoint({ keyId, secret, getUser })\` of \`zendesk-messenger-auth/server\`. In other languages, copy a
  program of the token endpoint's chapter.
- The shared secret is used as text, never decoded, and never in a page. \`exp\` and \`iat\` are numbers of seconds, \`external_id\` is a string.
- Entries: ${readEntries().join(', ')}
`;

/** The index with the address of each page's Markdown. */
export function composeSiteIndex(): string {
  return composeIndex((link) => `${SITE}${fileOf(link).slice('docs/'.length)}`);
}

/** The index that is in the package: the chapters beside it, and where the others are. */
export function composePackageIndex(): string {
  const packed = readPackedPages();
  const index = composeIndex((link) => {
    const file = fileOf(link);
    return packed.some((path) => file === path || file.startsWith(`${path}/`)) ? `./${file.slice('docs/'.length)}` : '';
  });
  return `${index}\n## Optional\n\n- [All chapters](${SITE}llms.txt): the index of the site, also with the chapters that are not in the package\n`;
}

/** All pages, one after the other, in the order of the sidebar. */
export function composeFullText(): string {
  const pages = listPages().map(({ link }) => withoutMarks(readPage(link!)).trim());
  return `${HEAD}\n${pages.join('\n\n')}\n`;
}

/** Files that a page loads by their address are no entries. */
function readEntries(): string[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: object };
  return Object.keys(exports)
    .filter((path) => !/^\.\/(?:dist\/|package\.json)/.test(path))
    .map((path) => `\`${path}\``);
}

/** The files and folders of docs/ that package.json ships. */
export function readPackedPages(): string[] {
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: readonly string[] };
  return files.filter((path) => path.startsWith('docs/') && path !== 'docs/llms.txt');
}

// typedoc has its own index, and the playground and the token doctor are no chapters.
const isPage = ({ link = '' }: SidebarItem) => link !== '' && link !== '/api/' && !isApp(link.slice(1));

export const listPages = (): SidebarItem[] => flattenSidebar(composeSidebar([])).filter(isPage);

/** @param addressOf - where a page is; '' if it is not in this index */
function composeIndex(addressOf: (link: string) => string): string {
  const sections = composeSidebar([]).map(({ text, items = [] }) => {
    const lines = flattenSidebar(items)
      .filter((item) => isPage(item) && addressOf(item.link!) !== '')
      .map((item) => `- [${item.text}](${addressOf(item.link!)}): ${describe(item.link!)}`);
    return lines.length > 0 ? `\n## ${text}\n\n${lines.join('\n')}\n` : '';
  });
  return HEAD + sections.join('');
}

function describe(link: string): string {
  const { description } = readFrontmatter(readPage(link));
  if (!description) throw new Error(`${fileOf(link)} has no description`);
  return description;
}
