// The chapters that are in the npm package link to the others by their address on the site, because the package does not have
// them. On the site itself, these links stay within the site that is shown, and VitePress finds dead ones.
import type { MarkdownRenderer } from 'vitepress';
import { BASE, isApp, SITE } from './address.js';

export function keepLinksInSite(markdown: MarkdownRenderer): void {
  markdown.core.ruler.push('links-in-site', ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const address = token.attrGet('href');
      if (token.type !== 'link_open' || !address?.startsWith(SITE)) continue;
      const path = address.slice(SITE.length);
      token.attrSet('href', isApp(path) ? `${BASE}${path}` : `/${path}`);
      // VitePress's router would look for a page of its own.
      if (isApp(path)) token.attrSet('target', '_self');
    }
  });
}
