import { blockWith } from '../docs/read-docs.js';
import { describeApp } from './framework-app.js';
import { startSite } from './running-site.js';
import { SHARED_MODULE } from './shared-module.js';

describeApp('An app with Next.js', {
  fixture: 'next',
  isRenderedOnServer: true,
  write(project) {
    project.write('app/messenger.ts', SHARED_MODULE);
    project.write('app/page.tsx', blockWith('// page.tsx'));
    project.write('app/support.tsx', blockWith('// support.tsx'));
    project.write(
      'app/zendesk-token/route.ts',
      `import { currentUser } from '../session';\n${blockWith('endpoint ??=')}`,
    );
  },
  start: ({ folder }) =>
    startSite(folder, process.execPath, (port) => ['node_modules/next/dist/bin/next', 'start', '-p', port]),
});
