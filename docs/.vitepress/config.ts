// The documentation site: `npm run docs` builds it into build/docs, `npm run docs:dev` serves it while you write.
// The apps, such as the token doctor, are only in the built site: tools/site copies them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type DefaultTheme } from 'vitepress';
import { BASE } from './address.js';
import { describePage } from './head.js';
import { composeSidebar } from './sidebar.js';
import { keepLinksInSite } from './site-links.js';
import { writeMarkdown } from './write-markdown.js';

const REPOSITORY = 'https://github.com/zendesk-messenger-auth/zendesk-messenger-auth';

/** The pages that typedoc has written, with shorter names. */
function readApiSidebar(): DefaultTheme.SidebarItem[] {
  const path = fileURLToPath(new URL('../api/typedoc-sidebar.json', import.meta.url));
  if (!existsSync(path)) return [];
  return JSON.parse(readFileSync(path, 'utf8')) as DefaultTheme.SidebarItem[];
}

export default defineConfig({
  title: 'zendesk-messenger-auth',
  description: 'Signs your site’s users in to the Zendesk messenger and keeps them signed in.',
  lang: 'en-US',
  // Without it, each visit requests a favicon.ico that is not there.
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: `${BASE}icon.svg` }]],
  base: BASE,
  outDir: '../build/docs',
  cleanUrls: true,
  lastUpdated: false,
  metaChunk: true,
  transformHead: describePage,
  buildEnd: ({ outDir }) => writeMarkdown(outDir),
  markdown: {
    config: keepLinksInSite,
    languageAlias: { cjs: 'javascript', mjs: 'javascript' },
    // The usual themes have comments and keywords with less contrast than WCAG AA asks of text.
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
  },
  vite: {
    plugins: [
      {
        // VitePress's home page has no main landmark.
        name: 'home-is-main',
        enforce: 'pre',
        transform: (code, id) =>
          id.endsWith('/VPHome.vue') ? code.replace('class="VPHome"', 'class="VPHome" role="main"') : undefined,
      },
    ],
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    socialLinks: [{ icon: 'github', link: REPOSITORY }],
    editLink: { pattern: `${REPOSITORY}/edit/main/docs/:path`, text: 'Edit this page' },
    nav: [
      { text: 'Quick start', link: '/start' },
      // Apps, not pages of VitePress: without a target, its router would look for a page.
      { text: 'Playground', link: '/playground/', target: '_self' },
      { text: 'Token doctor', link: '/doctor/', target: '_self' },
      { text: '401 Invalid JWT?', link: '/problems/401-invalid-jwt' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: composeSidebar(readApiSidebar()),
  },
});
