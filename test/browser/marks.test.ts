import { afterEach, expect, it } from 'vitest';
import { markEvent } from '../../src/browser/marks.js';

afterEach(() => performance.clearMarks());

// Sorted by time.
const marks = () => performance.getEntriesByType('mark').map(({ name }) => name);

it('keeps the latest mark of each type', () => {
  markEvent('token-requested');
  markEvent('login-accepted');
  markEvent('token-requested');
  expect(marks()).toEqual(['zendesk-messenger-auth:login-accepted', 'zendesk-messenger-auth:token-requested']);
});

it('shows every mark to an observer', async () => {
  const seen: string[] = [];
  const observer = new PerformanceObserver((list) => void seen.push(...list.getEntries().map(({ name }) => name)));
  observer.observe({ entryTypes: ['mark'] });
  for (let time = 0; time < 3; time++) markEvent('push-called');
  await expect.poll(() => seen).toHaveLength(3);
  observer.disconnect();
});

it('does not change the marks of the page', () => {
  performance.mark('token-requested');
  markEvent('token-requested');
  expect(marks()).toEqual(['token-requested', 'zendesk-messenger-auth:token-requested']);
});
