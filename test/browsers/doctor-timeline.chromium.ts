// The labels of the token doctor's timeline.
import { expect } from 'vitest';
import { IDENTITY, makeToken, nowS, openDoctor } from './doctor-page.js';
import { describeInChromium, it } from './in-browser.js';

interface Drawing {
  readonly claims: unknown;
  readonly labels: readonly { text: string; left: number; right: number; top: number; bottom: number }[];
  readonly right: number;
  readonly bottom: number;
}

describeInChromium('the token doctor’s timeline', () => {
  it.for([360, 1280])(
    'draws all labels in full and without overlap in a page of %d px',
    async (width, { tab, onTestFinished }) => {
      const { page, paste, shows } = await openDoctor(tab, onTestFinished);
      await page.setViewport({ width, height: 800 });
      await paste('token', makeToken(IDENTITY));
      await shows('instants', 'never');
      const now = nowS();
      const lives = [
        { iat: 0, exp: 1 },
        { iat: 0, exp: 99_999_999_999 },
        { iat: now, exp: now },
        { iat: now - 600, exp: now + 300 },
        { iat: now - 4000, exp: now - 3100 },
        { iat: now + 300, exp: now + 100 },
        { iat: now * 1000, exp: `${(now + 900) * 1000}` },
        { exp: '12345678' },
        { exp: now + 86_400 },
        { iat: now - 5 },
        {},
        { iat: 'yesterday', exp: null },
        { iat: -99_999_999_999, exp: 1e300 },
      ];
      // A string, so that no bundler rewrites import().
      const drawings = (await page.evaluate(`(async () => {
      const { createTimeline, readTimes } = await import('/doctor/timeline.js');
      const timeline = createTimeline(document.querySelector('#picture'));
      return ${JSON.stringify(lives)}.map((claims) => {
        timeline.draw(readTimes(claims), ${now * 1000});
        const svg = document.querySelector('#picture svg:last-child');
        const labels = [...svg.querySelectorAll('text')].map((node) => {
          const { x, y, width, height } = node.getBBox();
          return { text: node.textContent, left: x, right: x + width, top: y, bottom: y + height };
        });
        return { claims, labels, right: svg.clientWidth, bottom: svg.clientHeight };
      });
    })()`)) as Drawing[];
      const faults = drawings.flatMap(({ claims, labels, right, bottom }) =>
        labels.flatMap((one, index) => {
          const isWhole = one.left >= 0 && one.top >= 0 && one.right <= right && one.bottom <= bottom;
          const isCovered = labels
            .slice(index + 1)
            .some(
              (other) =>
                other.left < one.right && one.left < other.right && other.top < one.bottom && one.top < other.bottom,
            );
          return isWhole && !isCovered ? [] : [{ claims, one, isWhole, isCovered }];
        }),
      );
      expect(faults).toEqual([]);
      expect(drawings.map(({ labels }) => labels.length)).toEqual([3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 2, 1, 3]);
      expect(drawings[3]!.labels.map(({ text }) => text)).toEqual([
        'issued 10 minutes ago',
        'expires in 5 minutes',
        'now',
      ]);
    },
  );
});
