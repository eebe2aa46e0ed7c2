// The suites that tell the main stories. `npm test` runs them, in Chromium; `npm run test:all` runs everything.
const STORIES = [
  ...['doctor-access', 'doctor-findings', 'doctor-link', 'doctor-privacy', 'doctor-report', 'doctor-timeline'],
  ...['examples', 'obstacles', 'renewal', 'sign-in', 'users'],
];

export const isStory = (subject: string): boolean => STORIES.includes(subject);
