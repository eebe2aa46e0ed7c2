// How all pictures look: on light and dark pages, on screens and on phones.

export const SCHEMES = ['light', 'dark'] as const;
/** Colors by name. A chart uses them as `var(--name)`. */
export type Colors = Readonly<Record<(typeof SCHEMES)[number], Readonly<Record<string, string>>>>;

/** The colors that all pictures have. Each has its own paper, because an image does not always know its page. */
export const PAGE = {
  light: { paper: '#ffffff', ink: '#24292f', quiet: '#57606a' },
  dark: { paper: '#0d1117', ink: '#e6edf3', quiet: '#9da7b3' },
} as const satisfies Colors;

/** The colors of the charts with several series. */
export const SERIES = {
  light: { first: '#1158c7', second: '#b3540b' },
  dark: { first: '#6cb0ff', second: '#f0944d' },
} as const satisfies Colors;

export const WIDTH = 720;

/** Font sizes, in units of the picture. A phone shows the picture at half its size, so text must be larger there. */
export const SIZES = { narrow: 24, wide: 15, wideFromPx: 600 } as const;

const declare = (colors: Readonly<Record<string, string>>) =>
  Object.entries(colors)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');

/** Media queries in an image see the width of the image, not of the page. */
export const composeStyle = (colors: Colors) => `
svg{${declare({ ...PAGE.light, ...colors.light })}}
@media (prefers-color-scheme:dark){svg{${declare({ ...PAGE.dark, ...colors.dark })}}}
svg{color:var(--quiet)}
text{font:${SIZES.narrow}px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink);white-space:pre}
@media (min-width:${SIZES.wideFromPx}px){text{font-size:${SIZES.wide}px}}
.paper{fill:var(--paper)}
.name{font-weight:600}
.quiet,.quiet text{fill:var(--quiet)}
`;
