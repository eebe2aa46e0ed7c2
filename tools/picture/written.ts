/** What was recorded last, and what was drawn from it. */
export const RECORDING = 'tools/picture/recording.json';
export const PICTURE = 'docs/images/token-life.svg';
