// rollup.config.js replaces the text by the version of the package. In the tests it stays.
export const VERSION = '__VERSION__';
