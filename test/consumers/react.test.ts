import { expect, it } from 'vitest';
import { install } from './install.js';

it('React renders a component that shows the status on a server', async () => {
  const { run } = await install('react');
  expect(await run('node', ['render.js'])).toBe('<p hidden="">signed-out</p>\n');
});
