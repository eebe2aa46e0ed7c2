// The documentation site: `npm run docs` builds it into build/docs, `npm run docs:dev` serves it while you write.
// The apps, such as the token doctor, are only in the built site: tools/site copies them.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type DefaultTheme } from 'vitepress';

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
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: '/zendesk-messenger-auth/icon.svg' }]],
  // GitHub Pages serves the site below the repository's name.
  base: '/zendesk-messenger-auth/',
  outDir: '../build/docs',
  cleanUrls: true,
  lastUpdated: false,
  metaChunk: true,
  markdown: {
    languageAlias: { cjs: 'javascript' },
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
      { text: 'Start', link: '/start' },
      { text: '401: Invalid JWT?', link: '/troubleshooting' },
      // An app, not a page of VitePress: without a target, its router would look for a page.
      { text: 'Token doctor', link: '/doctor/', target: '_self' },
      { text: 'API', link: '/api/' },
    ],
    sidebar: [
      {
        text: 'Start',
        items: [
          { text: 'Quick start', link: '/start' },
          { text: 'Script tag', link: '/script-tag' },
        ],
      },
      {
        text: 'Guide',
        items: [
          {
            text: 'Frameworks',
            link: '/frameworks',
            collapsed: true,
            items: [
              { text: 'React', link: '/react' },
              { text: 'Vue', link: '/vue' },
              { text: 'Svelte', link: '/svelte' },
              { text: 'Angular', link: '/angular' },
            ],
          },
          { text: 'Launcher', link: '/launcher' },
          {
            text: 'Token endpoint',
            link: '/token-endpoint',
            collapsed: true,
            items: [
              { text: 'C#', link: '/endpoints/csharp' },
              { text: 'Go', link: '/endpoints/go' },
              { text: 'Java', link: '/endpoints/java' },
              { text: 'Node', link: '/endpoints/node' },
              { text: 'Perl', link: '/endpoints/perl' },
              { text: 'PHP', link: '/endpoints/php' },
              { text: 'Python', link: '/endpoints/python' },
              { text: 'Ruby', link: '/endpoints/ruby' },
            ],
          },
          { text: 'Server half', link: '/server' },
          { text: 'Users, tabs and consent', link: '/visitors' },
          { text: 'Signing in and out', link: '/signing-in-and-out' },
          { text: 'Testing your page', link: '/testing' },
          { text: 'Developing without an account', link: '/development' },
          { text: 'Web Widget (Classic)', link: '/classic' },
          { text: 'Troubleshooting: 401: Invalid JWT?', link: '/troubleshooting' },
          { text: 'CSP and Trusted Types', link: '/csp' },
        ],
      },
      {
        text: 'Options, events, errors',
        items: [
          { text: 'Options', link: '/options' },
          { text: 'Events', link: '/events' },
          { text: 'Errors', link: '/errors' },
          { text: 'Findings', link: '/findings' },
        ],
      },
      { text: 'API reference', link: '/api/', collapsed: true, items: readApiSidebar() },
      {
        text: 'Background',
        items: [
          { text: 'Security and limits', link: '/security-and-limits' },
          { text: 'How the messenger behaves', link: '/messenger' },
          { text: 'Moving from other code', link: '/moving' },
        ],
      },
      {
        text: 'Evidence',
        items: [
          { text: 'Speed', link: '/evidence/speed' },
          { text: 'Size', link: '/evidence/size' },
          { text: 'Simulation', link: '/evidence/simulation' },
          { text: 'Random lives', link: '/evidence/random-lives' },
        ],
      },
    ],
  },
});
