// The sidebar of the documentation site. llms.txt lists the pages in this order, too.
import type { DefaultTheme } from 'vitepress';

/** @param api - the pages that typedoc has written */
export const composeSidebar = (api: DefaultTheme.SidebarItem[]): DefaultTheme.SidebarItem[] => [
  {
    text: 'Start',
    items: [
      { text: 'Quick start', link: '/start' },
      { text: 'Script tag', link: '/script-tag' },
      { text: 'Playground', link: '/playground/', target: '_self' },
      { text: 'Token doctor', link: '/doctor/', target: '_self' },
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
          { text: 'React and Next.js', link: '/react' },
          { text: 'Vue and Nuxt', link: '/vue' },
          { text: 'Svelte and SvelteKit', link: '/svelte' },
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
          // "Go" alone would be taken for an instruction, by people and by Lighthouse.
          { text: 'Go (golang)', link: '/endpoints/go' },
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
      { text: 'Devtools', link: '/devtools' },
      { text: 'Web Widget (Classic)', link: '/classic' },
      { text: 'CSP and Trusted Types', link: '/csp' },
    ],
  },
  {
    text: 'Problems',
    items: [
      { text: 'Troubleshooting', link: '/troubleshooting' },
      {
        text: 'Error messages',
        link: '/problems/',
        collapsed: true,
        items: [
          { text: '401 Invalid JWT', link: '/problems/401-invalid-jwt' },
          { text: 'JWT is malformed', link: '/problems/jwt-is-malformed' },
          { text: 'Missing key id (kid)', link: '/problems/missing-key-id' },
          { text: 'JWT request did not resolve', link: '/problems/jwt-request-did-not-resolve' },
          { text: 'Error occurred reading from jwt', link: '/problems/error-occurred-reading-from-jwt' },
          { text: 'Authentication failed', link: '/problems/authentication-failed' },
          { text: '403 Forbidden', link: '/problems/403' },
          { text: '409 Conflict', link: '/problems/409' },
          { text: 'CSP and blocked script', link: '/problems/blocked-script' },
          { text: 'zE is not defined', link: '/problems/ze-is-not-defined' },
          { text: 'The old conversation', link: '/problems/old-conversation' },
        ],
      },
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
  { text: 'API reference', link: '/api/', collapsed: true, items: api },
  {
    text: 'Background',
    items: [
      { text: 'Security and limits', link: '/security-and-limits' },
      { text: 'How the messenger behaves', link: '/messenger' },
      { text: 'Moving from other code', link: '/moving' },
      { text: 'Verified with', link: '/verified-with' },
    ],
  },
  {
    text: 'Evidence',
    items: [
      { text: 'Speed', link: '/evidence/speed' },
      { text: 'Size', link: '/evidence/size' },
      { text: 'Simulation', link: '/evidence/simulation' },
      { text: 'Random lives', link: '/evidence/random-lives' },
      { text: 'This site', link: '/evidence/site' },
    ],
  },
];
