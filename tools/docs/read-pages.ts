// The pages of the documentation site, in the order of its sidebar.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface SidebarItem {
  readonly text?: string;
  readonly link?: string;
  readonly items?: readonly SidebarItem[];
}

export interface Frontmatter {
  readonly title?: string;
  readonly description?: string;
}

const FRONTMATTER = /^---\n(.*?)\n---\n+/s;

export function readFrontmatter(page: string): Frontmatter {
  const [, yaml = ''] = FRONTMATTER.exec(page) ?? [];
  return (parse(yaml) ?? {}) as Frontmatter;
}

/** The page as its reader sees it: without the frontmatter and without comments. */
export const withoutMarks = (page: string): string =>
  page
    .replace(FRONTMATTER, '')
    .replace(/<!--.*?-->/g, '')
    .replace(/\n{3,}/g, '\n\n');

/** Every item that is a link, in the order of the sidebar. */
export const flattenSidebar = (items: readonly SidebarItem[]): SidebarItem[] =>
  items.flatMap((item) => [...(item.link ? [item] : []), ...flattenSidebar(item.items ?? [])]);

/** The file of a page: `/problems/` is docs/problems/index.md. */
export const fileOf = (link: string): string => `docs${link.replace(/\/$/, '/index')}.md`;

export const readPage = (link: string): string => readFileSync(fileOf(link), 'utf8');
