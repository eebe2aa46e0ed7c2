// The page that `npm run size` measures as "launcher".
export { createLauncher } from '../../dist/launcher.js';
