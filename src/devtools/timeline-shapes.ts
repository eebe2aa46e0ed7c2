// The shapes of the timeline's marks, and its legend. Each mark has its own shape, because color alone is not accessible.
import { createSvgElement } from './svg.js';
import type { TimelineMark } from './timeline-record.js';

export type DrawnMark = TimelineMark | 'planned';

interface Shape {
  readonly text: string;
  /** The path, centered on 0,0. */
  readonly d: string;
  /** Whether it is drawn as a line, without an area. */
  readonly isLine?: boolean;
}

const CROSS = 'M-6 -6 L6 6 M6 -6 L-6 6';

export const SHAPES: Readonly<Record<DrawnMark, Shape>> = {
  handed: { text: 'token passed to the messenger', d: 'M0 -8 L7 6 H-7 Z' },
  accepted: { text: 'accepted', d: 'M-7 0 L-2 5 L7 -6', isLine: true },
  refused: { text: 'refused', d: CROSS, isLine: true },
  failed: { text: 'failed', d: CROSS, isLine: true },
  'signed-out': { text: 'signed out', d: 'M-6 -6 H6 V6 H-6 Z' },
  message: { text: 'message sent', d: 'M-7 -5 H7 V5 H-1 L-5 9 V5 H-7 Z' },
  planned: { text: 'next request planned', d: 'M0 -7 L7 0 L0 7 L-7 0 Z' },
};

const BARS: readonly (readonly [className: string, text: string])[] = [
  ['request', 'request'],
  ['request failed', 'failed request'],
  ['token', 'current token'],
  ['rest', 'unused lifetime'],
];
const MARKS: readonly DrawnMark[] = ['planned', 'handed', 'accepted', 'refused', 'message', 'signed-out'];
const ASLEEP = ['asleep', 'asleep'] as const;

/** The classes of a mark's path. */
export const markClass = (kind: DrawnMark) => `mark ${kind}${SHAPES[kind].isLine ? ' line' : ''}`;

/** Returns one list item for each kind of bar and mark. */
export function createLegend(): HTMLLIElement[] {
  const createBar = ([className, text]: readonly [string, string]) =>
    createEntry(createSvgElement('rect', { class: className, x: -10, y: -6, width: 20, height: 12, rx: 3 }), text);
  return [
    ...BARS.map(createBar),
    ...MARKS.map((kind) =>
      createEntry(createSvgElement('path', { class: markClass(kind), d: SHAPES[kind].d }), SHAPES[kind].text),
    ),
    createBar(ASLEEP),
  ];
}

function createEntry(shape: SVGElement, text: string): HTMLLIElement {
  const icon = createSvgElement('svg', { viewBox: '-11 -11 22 22', width: 22, height: 22, 'aria-hidden': 'true' });
  icon.append(shape);
  const entry = document.createElement('li');
  entry.append(icon, text);
  return entry;
}
