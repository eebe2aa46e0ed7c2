import type { MessengerEvent, MessengerSnapshot } from '../index.js';
import { adoptStyle } from './adopt-style.js';
import { createSvgElement } from './svg.js';
import { drawTimeline } from './timeline-picture.js';
import { createRecord, endToken, forgetOld, recordEvent, type TimelineMark } from './timeline-record.js';
import { createLegend } from './timeline-shapes.js';
import { TIMELINE_STYLE } from './timeline-style.js';

export type { TimelineMark };

/** The clock of a timeline. */
export interface TimelineClock {
  /** Returns the time in milliseconds since 1970. It must be the clock of the events: the visitor's. */
  nowMs(): number;
}

/** A picture of the tokens' life, created by {@link createTimeline}. */
export interface Timeline {
  /** Adds an event of the library. Events that the picture does not show change nothing. */
  tell(event: MessengerEvent): void;
  /**
   * Compares the picture with the library's snapshot: ends the token's bar when the library has no token any more, and shows
   * a token that the library had before the timeline was created.
   */
  see(snapshot: Pick<MessengerSnapshot, 'expiresAtMs' | 'refreshAtMs'>): void;
  /** Adds a mark in the lane of Zendesk, now, for something that is not an event of the library: a sent message. */
  mark(kind: TimelineMark): void;
  /** Shows that the page sleeps for `ms` milliseconds from now on. Call this before the clock advances. */
  sleep(ms: number): void;
  /** Takes the picture and the legend away and stops drawing. */
  remove(): void;
}

const FRAME_MS = 33;
/** With reduced motion, the picture is drawn once per second. */
const CALM_FRAME_MS = 1000;

/**
 * Draws the tokens' life as a timeline: three lanes for the endpoint, the current token and Zendesk, with "now" in the middle.
 *
 * It is drawn from what `tell()` and `see()` get, moves with the clock, and is a picture: show its events as text, too, with
 * {@link describeEvent}. It adds its styles as an adopted style sheet to the document or the shadow root that `place` is in, so
 * it works under a strict content security policy. Its colors follow the CSS property `color-scheme`.
 *
 * @param place - gets the picture, as wide as this element and 250 px high; must be in a document or a shadow root already
 * @param legend - the list that gets an item for each kind of bar and mark
 * @param clock - default: `Date.now`
 */
export function createTimeline(
  place: HTMLElement,
  legend: HTMLUListElement,
  clock: TimelineClock = { nowMs: () => Date.now() },
): Timeline {
  const record = createRecord();
  const svg = createSvgElement('svg', {
    class: 'zendesk-timeline',
    role: 'img',
    'aria-label': 'Timeline of the tokens. The log shows the same events as text.',
  });
  const dropStyle = adoptStyle(place.getRootNode(), TIMELINE_STYLE);
  place.append(svg);
  legend.classList.add('zendesk-timeline');
  const entries = createLegend();
  legend.append(...entries);
  const { redraw, stop } = drawOften(() => {
    const width = place.clientWidth;
    if (width === 0) return false;
    const nowMs = clock.nowMs();
    forgetOld(record, nowMs);
    drawTimeline(svg, record, width, nowMs);
    return true;
  });

  return {
    tell(event) {
      recordEvent(record, event);
      redraw();
    },
    see({ expiresAtMs, refreshAtMs }) {
      const { tokens } = record;
      const nowMs = clock.nowMs();
      if (expiresAtMs === undefined) {
        // Without a known expiry, the snapshot has no time even while there is a token.
        if ((tokens.at(-1)?.expiresAtMs ?? Infinity) < Infinity) endToken(record, nowMs, 'ended');
      } else if (tokens.length === 0) {
        tokens.push({ fromMs: nowMs, expiresAtMs, ...(refreshAtMs && { refreshAtMs }) });
        record.lifetimeMs = Math.max(expiresAtMs - nowMs, 0);
      }
      redraw();
    },
    mark(kind) {
      record.marks.push({ kind, atMs: clock.nowMs() });
      redraw();
    },
    sleep(ms) {
      record.sleeps.push({ fromMs: clock.nowMs(), toMs: clock.nowMs() + ms });
    },
    remove() {
      stop();
      dropStyle();
      svg.remove();
      entries.forEach((entry) => entry.remove());
    },
  };
}

/**
 * Draws in animation frames. `redraw` asks for the next frame, also with reduced motion.
 *
 * @param draw - returns `false` if the place is not visible now; it is drawn as soon as it is
 */
function drawOften(draw: () => boolean): { redraw(): void; stop(): void } {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
  let drawnAtMs = -Infinity;
  let isChanged = true;
  let request = requestAnimationFrame(function frame(atMs) {
    if (isChanged || atMs - drawnAtMs >= (isCalm.matches ? CALM_FRAME_MS : FRAME_MS)) {
      drawnAtMs = atMs;
      isChanged = !draw();
    }
    request = requestAnimationFrame(frame);
  });
  return {
    redraw: () => (isChanged = true),
    stop: () => cancelAnimationFrame(request),
  };
}
