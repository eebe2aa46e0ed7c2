// How the picture looks, besides what every drawing has.
import { composeStyle, PAGE } from '../simulate/style.js';

const COLOURS = {
  light: { ...PAGE.light, lane: '#f3f5f8', token: '#1158c7', visitor: '#17702f', refused: '#c4261d' },
  dark: { ...PAGE.dark, lane: '#1b212a', token: '#6cb0ff', visitor: '#4fc565', refused: '#ff8a80' },
} as const;

// A text hides the lines that it lies on.
export const STYLE = composeStyle(
  COLOURS,
  `.lane{fill:var(--lane)}
.over{paint-order:stroke;stroke:var(--lane);stroke-width:5px;stroke-linejoin:round}
.token{fill:var(--token)}
.visitor{fill:var(--visitor)}
.refused{fill:var(--refused)}
.rest{fill:var(--lane);stroke:var(--token);stroke-width:1.5;stroke-dasharray:4 3}
.way,.no-way{stroke:var(--quiet);stroke-width:1.5}
.no-way{stroke:var(--refused)}
.tick,.cross,.edge{fill:none;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.edge{stroke:var(--lane);stroke-width:8}
.tick{stroke:var(--visitor)}
.cross{stroke:var(--refused)}`,
);
