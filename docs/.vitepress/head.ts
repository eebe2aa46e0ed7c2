// What search engines and chats show of a page.
import type { HeadConfig, TransformContext } from 'vitepress';
import { SITE } from './address.js';

export function describePage({ pageData, title, description }: TransformContext): HeadConfig[] {
  const path = pageData.relativePath.replace(/(^|\/)index\.md$/, '$1').replace(/\.md$/, '');
  const facts = {
    'og:type': 'article',
    'og:site_name': 'zendesk-messenger-auth',
    'og:title': title,
    'og:description': description,
    'og:url': `${SITE}${path}`,
  };
  return [
    ['link', { rel: 'canonical', href: `${SITE}${path}` }],
    ...Object.entries(facts).map(([property, content]): HeadConfig => ['meta', { property, content }]),
  ];
}
