/** The last recording, and the picture of it. */
export const RECORDING = 'docs/evidence/token-life.json';
export const PICTURE = 'docs/images/token-life.svg';
