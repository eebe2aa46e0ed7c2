// How the picture looks, on light and dark pages, wide and narrow.

export const COLOURS = {
  light: {
    paper: '#ffffff',
    lane: '#f3f5f8',
    ink: '#24292f',
    quiet: '#57606a',
    token: '#1158c7',
    visitor: '#17702f',
    refused: '#c4261d',
  },
  dark: {
    paper: '#0d1117',
    lane: '#1b212a',
    ink: '#e6edf3',
    quiet: '#9da7b3',
    token: '#6cb0ff',
    visitor: '#4fc565',
    refused: '#ff8a80',
  },
} as const;

/** Of text, in units of the picture. On a phone the picture is shown small, and its text must not be. */
export const SIZES = { narrow: 24, wide: 15, wideFromPx: 600 } as const;

/** A text's width where it is largest, in any system's font: rather too much. */
export const widthOf = (content: string, isBold = false) => content.length * SIZES.narrow * (isBold ? 0.64 : 0.56);

const declare = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

// A picture in a page sees its own width in media queries, not the page's. A text hides the lines that it lies on.
export const STYLE = `svg{${declare(COLOURS.light)}}
@media (prefers-color-scheme:dark){svg{${declare(COLOURS.dark)}}}
text{font:${SIZES.narrow}px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
@media (min-width:${SIZES.wideFromPx}px){text{font-size:${SIZES.wide}px}}
.paper{fill:var(--paper)}
.lane{fill:var(--lane)}
.name{font-weight:600}
.over{paint-order:stroke;stroke:var(--lane);stroke-width:5px;stroke-linejoin:round}
.quiet{fill:var(--quiet)}
.middle{text-anchor:middle}
.end{text-anchor:end}
.token{fill:var(--token)}
.visitor{fill:var(--visitor)}
.refused{fill:var(--refused)}
.rest{fill:var(--lane);stroke:var(--token);stroke-width:1.5;stroke-dasharray:4 3}
.grid{stroke:var(--quiet);stroke-opacity:.25}
.way,.no-way{stroke:var(--quiet);stroke-width:1.5}
.no-way{stroke:var(--refused)}
.tick,.cross,.edge{fill:none;stroke-width:3.5;stroke-linecap:round;stroke-linejoin:round}
.edge{stroke:var(--lane);stroke-width:8}
.tick{stroke:var(--visitor)}
.cross{stroke:var(--refused)}`;
