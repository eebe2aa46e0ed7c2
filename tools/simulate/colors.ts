/** The colors of both charts. */
export const CHART_COLORS = {
  light: { first: '#1158c7', second: '#b3540b' },
  dark: { first: '#6cb0ff', second: '#f0944d' },
} as const;
