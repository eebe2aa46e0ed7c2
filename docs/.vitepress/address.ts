// Where the documentation site is.
export const HOST = 'https://zendesk-messenger-auth.github.io';

/** GitHub Pages serves the site below the repository's name. */
export const BASE = '/zendesk-messenger-auth/';

export const SITE = `${HOST}${BASE}`;

/** Whether a path of the site is a page of its own, which VitePress does not build: the playground and the token doctor. */
export const isApp = (path: string): boolean => /^(?:playground|doctor)\//.test(path);
