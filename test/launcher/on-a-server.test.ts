import { expect, it, vi } from 'vitest';
import { createLauncher, whenIdle, whenInteracted, whenOnline, whenVisible } from '../../src/launcher/index.js';

it('does nothing on a server', () => {
  expect(typeof document).toBe('undefined');
  const load = vi.fn();
  const { element, open, destroy } = createLauncher({ label: 'Support', load, preload: 'idle' });
  open();
  destroy();
  expect(element).toBeUndefined();
  expect(load).not.toHaveBeenCalled();
});

it('checks the options on a server, too', () => {
  expect(() => createLauncher({ label: '', load: vi.fn() })).toThrow(/the option label/);
});

it.each([
  ['whenIdle', whenIdle],
  ['whenInteracted', whenInteracted],
  ['whenOnline', whenOnline],
  ['whenVisible', (options: { signal: AbortSignal }) => whenVisible({} as Element, options)],
])('%s() waits until it is aborted', async (_name, when) => {
  const controller = new AbortController();
  const settled = vi.fn();
  const waiting = when({ signal: controller.signal });
  waiting.then(settled, settled);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(settled).not.toHaveBeenCalled();
  controller.abort('over');
  await expect(waiting).rejects.toBe('over');
});
