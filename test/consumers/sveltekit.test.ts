import { blockWith } from '../docs/read-docs.js';
import { describeApp } from './framework-app.js';
import { findNode } from './newer-node.js';
import { startSite } from './running-site.js';
import { SHARED_MODULE } from './shared-module.js';

describeApp('An app with SvelteKit', {
  fixture: 'sveltekit',
  isRenderedOnServer: true,
  write(project) {
    project.write('src/lib/messenger.ts', SHARED_MODULE);
    project.write('src/lib/support.svelte', blockWith("from 'zendesk-messenger-auth/svelte'"));
  },
  start: ({ folder }) => startSite(folder, findNode(folder), () => ['server.js']),
});
