// The last step of `npm run docs`: copies the apps of examples/apps.json, such as the token doctor, into the built site.
import { copyApps, readApps } from './copy-apps.js';

const apps = readApps('examples/apps.json');
const copied = copyApps(apps, { examples: 'examples', dist: 'dist', site: 'build/docs' });
console.log(`build/docs/ has ${apps.map(({ folder }) => `${folder}/`).join(', ')}: ${copied.length} files.`);
