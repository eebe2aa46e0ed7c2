import { join } from 'node:path';
import { blockWith } from '../docs/read-docs.js';
import { describeApp } from './framework-app.js';
import { SHARED_MODULE } from './shared-module.js';
import { serveFiles } from './static-site.js';

describeApp('An app with Vue and Vite', {
  fixture: 'vite-vue',
  isRenderedOnServer: false,
  write(project) {
    project.write('src/messenger.ts', SHARED_MODULE);
    project.write('src/support.vue', blockWith('defineProps<{ userId'));
  },
  start: ({ folder }) => serveFiles(join(folder, 'dist')),
});
