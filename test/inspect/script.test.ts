// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { explain } from '../../src/inspect/explain.js';

it('puts its exports on its own script tag', async () => {
  const tag = document.createElement('script');
  Object.defineProperty(document, 'currentScript', { configurable: true, value: tag });
  await import('../../src/inspect/script.js');
  Reflect.deleteProperty(document, 'currentScript');
  expect(tag).toHaveProperty('exports', { explain });
});
