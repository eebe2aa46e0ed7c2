import { blockWith } from '../docs/read-docs.js';
import { describeApp } from './framework-app.js';
import { findNode } from './newer-node.js';
import { startSite } from './running-site.js';
import { SHARED_MODULE } from './shared-module.js';

describeApp('An app with Nuxt', {
  fixture: 'nuxt',
  isRenderedOnServer: true,
  write(project) {
    project.write('app/messenger.ts', SHARED_MODULE);
    project.write('app/plugins/messenger.client.ts', blockWith('defineNuxtPlugin('));
    // The plugin follows the user, so the component only shows the state.
    const [before, after] = blockWith('defineProps<{ userId').split(', { userId: () => props.userId }');
    project.write('app/support.vue', `${before}${after}`);
  },
  start: ({ folder }) => startSite(folder, findNode(folder), () => ['.output/server/index.mjs']),
});
