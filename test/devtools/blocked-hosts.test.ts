// Which of the messenger's hosts a policy blocks, and what to add to it.
import { expect, it } from 'vitest';
import { describeBlocked, readViolation } from '../../src/devtools/blocked-hosts.js';

const SNIPPET = 'https://static.zdassets.com/ekr/snippet.js';

it.each([
  [SNIPPET, 'script-src-elem', '', 'script-src blocks static.zdassets.com. Add https://*.zdassets.com to script-src.'],
  [
    'https://shop.zendesk.com/sc/sdk',
    'connect-src',
    '',
    'connect-src blocks shop.zendesk.com. Add https://*.zendesk.com to connect-src.',
  ],
  [
    'wss://shop.zendesk.com/x',
    'connect-src',
    '',
    'connect-src blocks shop.zendesk.com. Add wss://*.zendesk.com to connect-src.',
  ],
  [
    'https://media.smooch.io/a.png',
    'img-src',
    '',
    'img-src blocks media.smooch.io. Add https://*.smooch.io to img-src.',
  ],
  ['inline', 'style-src-attr', SNIPPET, "style-src blocks inline styles. Add 'unsafe-inline' to style-src."],
])('%s, %s', (blockedURI, effectiveDirective, sourceFile, text) => {
  expect(describeBlocked(readViolation({ blockedURI, effectiveDirective, sourceFile, disposition: 'enforce' })!)).toBe(
    text,
  );
});

it.each([
  ['https://evil.example/', 'script-src', ''],
  ['https://zendesk.com.evil.example/', 'script-src', ''],
  ['https://notzendesk.com/', 'script-src', ''],
  ['inline', 'style-src-attr', 'https://shop.example/a.js'],
  ['inline', 'script-src-elem', SNIPPET],
  ['eval', 'script-src', SNIPPET],
  ['', 'script-src', ''],
])('says nothing about what the messenger does not need: %s, %s', (blockedURI, effectiveDirective, sourceFile) => {
  expect(readViolation({ blockedURI, effectiveDirective, sourceFile, disposition: 'enforce' })).toBeUndefined();
});

it('says nothing about a report-only policy, which blocks nothing', () => {
  const violation = { blockedURI: SNIPPET, effectiveDirective: 'script-src-elem', sourceFile: '' };
  expect(readViolation({ ...violation, disposition: 'report' })).toBeUndefined();
});
