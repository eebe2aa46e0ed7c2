import { join } from 'node:path';
import { describeApp } from './framework-app.js';
import { blockWith } from '../docs/read-docs.js';
import { SHARED_MODULE } from './shared-module.js';
import { serveFiles } from './static-site.js';

describeApp('An app with React and Vite', {
  fixture: 'vite-react',
  isRenderedOnServer: false,
  write(project) {
    project.write('src/messenger.ts', SHARED_MODULE);
    project.write('src/support.tsx', blockWith('// support.tsx'));
  },
  start: ({ folder }) => serveFiles(join(folder, 'dist')),
});
