// Pages that have a fake messenger already, so that ./dev has nothing to do there.
import { substituteKey } from '../substitute.js';

/**
 * Whether something has taken the place of the messengers on this page, or on the page around it. An init script of a
 * browser test runs in every frame, even in those of other sites, and must neither report anything there nor show a banner.
 * The frame in which Cypress or Storybook shows a page counts as a page: there is no fake around it.
 */
export function isOccupied(page: Window): boolean {
  try {
    for (let frame = page; ; frame = frame.parent) {
      if (substituteKey() in frame) return true;
      if (frame === frame.parent) return false;
    }
  } catch {
    // The page around it is of another site.
    return true;
  }
}
