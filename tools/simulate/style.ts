// How the drawings of this project look: on light and dark pages, on screens and on phones.

export const SCHEMES = ['light', 'dark'] as const;
/** The colours of a drawing by their names, for each kind of page. */
export type Colours = Readonly<Record<(typeof SCHEMES)[number], Readonly<Record<string, string>>>>;

/** What every drawing has. Its paper is its own: on a dark page an image does not always know it. */
export const PAGE = {
  light: { paper: '#ffffff', ink: '#24292f', quiet: '#57606a' },
  dark: { paper: '#0d1117', ink: '#e6edf3', quiet: '#9da7b3' },
} as const satisfies Colours;

/** A drawing's, in its units. */
export const WIDTH = 720;

/** Of text, in units of the drawing. On a phone a drawing is shown small, and its text must not be. */
export const SIZES = { narrow: 24, wide: 15, wideFromPx: 600 } as const;

/** A text's width where it is largest, in any system's font: rather too much. */
export const widthOf = (content: string, isBold = false) => content.length * SIZES.narrow * (isBold ? 0.64 : 0.56);

const declare = (colours: Readonly<Record<string, string>>) =>
  Object.entries(colours)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** A drawing's whole style. Media queries in an image see its own width, not the page's. */
export const composeStyle = ({ light, dark }: Colours, rules: string) => `svg{${declare(light)}}
@media (prefers-color-scheme:dark){svg{${declare(dark)}}}
text{font:${SIZES.narrow}px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
@media (min-width:${SIZES.wideFromPx}px){text{font-size:${SIZES.wide}px}}
.paper{fill:var(--paper)}
.name{font-weight:600}
.quiet{fill:var(--quiet)}
.middle{text-anchor:middle}
.end{text-anchor:end}
.grid{stroke:var(--quiet);stroke-opacity:.25}
${rules}`;
