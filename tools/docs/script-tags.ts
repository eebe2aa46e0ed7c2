// The script tags of this version at the services that serve npm packages, with the hashes of the files that were built.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

const SERVICES = [
  ['jsDelivr', 'https://cdn.jsdelivr.net/npm'],
  ['unpkg', 'https://unpkg.com'],
] as const;
const KEY = '172ab4dc-dc4c-4054-9ad6-26f7ef5b143b';

export const LIBRARY = 'dist/zendesk-messenger-auth.iife.min.js';
export const DOCTOR = 'dist/zendesk-messenger-auth.explain.iife.min.js';

/** Of a file, as `integrity` has it. */
export function hashFile(path: string): string {
  if (!existsSync(path)) throw new Error(`There is no ${path}. Run: npm run build`);
  return `sha384-${createHash('sha384').update(readFileSync(path)).digest('base64')}`;
}

/** For the page of the documentation: a block for each service, and one with the address and hash of the second file. */
export function composeScriptTags(): string {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string; version: string };
  const address = (service: string, path: string) => `${service}/${name}@${version}/${path}`;
  const tags = SERVICES.map(([title, service]) =>
    block(`<!-- ${title} -->`, address(service, LIBRARY), LIBRARY, [
      `data-key="${KEY}"`,
      'data-token-url="/zendesk-token"',
      'defer',
    ]),
  );
  const doctors = SERVICES.map(([title, service]) =>
    block(`<!-- The second file, ${title} -->`, address(service, DOCTOR), DOCTOR, ['defer']),
  );
  return [...tags, ...doctors].join('\n');
}

function block(comment: string, src: string, path: string, attributes: readonly string[]): string {
  const lines = [`src="${src}"`, `integrity="${hashFile(path)}"`, 'crossorigin="anonymous"', ...attributes];
  return `\`\`\`html\n${comment}\n<script\n${lines.map((line) => `  ${line}\n`).join('')}></script>\n\`\`\`\n`;
}
