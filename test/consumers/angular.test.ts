import { blockWith } from '../docs/read-docs.js';
import { describeApp } from './framework-app.js';
import { findNode } from './newer-node.js';
import { startSite } from './running-site.js';
import { SHARED_MODULE } from './shared-module.js';

describeApp('An app with Angular', {
  fixture: 'angular',
  isRenderedOnServer: true,
  write(project) {
    project.write('src/app/messenger.ts', SHARED_MODULE);
    project.write('src/app/support.ts', blockWith("from 'zendesk-messenger-auth/angular'"));
  },
  start: ({ folder }) => startSite(folder, findNode(folder), () => ['dist/shop/server/server.mjs']),
});
