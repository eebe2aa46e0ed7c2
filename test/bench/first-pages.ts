// The pages whose weight the bench measures: what a visitor pays who never opens the messenger.
import { build } from 'esbuild';
import { htmlPage, KEY } from '../browsers/pages.js';
import { ZENDESK } from './integrations.js';

export interface FirstPage {
  readonly name: string;
  /** Where {@link readFirstFiles} has put it. */
  readonly path: string;
  readonly html: string;
  /** How often it requests something from Zendesk's hosts: never, or at least once. */
  readonly asksZendesk: boolean;
}

const TEXT = '<h1>A shop</h1><p>Everything for the garden, from seeds to sheds.</p>';
const page = (name: string, path: string, more = '', asksZendesk = false): FirstPage => ({
  name,
  path,
  html: htmlPage(TEXT + more),
  asksZendesk,
});

export const FIRST_PAGES: readonly FirstPage[] = [
  page('no messenger', '/first/none'),
  page('the launcher', '/first/launcher', '<script type="module" src="/first/launcher.js"></script>'),
  page('this library at once', '/first/library', '<script type="module" src="/first/library.js"></script>', true),
  page("Zendesk's own snippet", '/first/zendesk', ZENDESK, true),
];

const MESSENGER = `import { createMessenger } from './dist/index.js';
  export const messenger = createMessenger({ key: '${KEY}', tokenUrl: '/zendesk-token' });`;
const SCRIPTS = {
  '/first/launcher.js': `import { createLauncher } from './dist/launcher.js';
    createLauncher({
      label: 'Support',
      load: () => import('/first/messenger.js').then(({ messenger }) => messenger),
      signIn: (messenger) => messenger.login(),
      fallback: { label: 'Write to us', href: '/contact' },
    });`,
  '/first/messenger.js': MESSENGER,
  '/first/library.js': `${MESSENGER} void messenger.login();`,
};

/** Returns the pages and their scripts by their paths. The scripts are bundled and minified. */
export async function readFirstFiles(): Promise<Map<string, string>> {
  const scripts = await Promise.all(
    Object.entries(SCRIPTS).map(async ([path, contents]) => {
      const { outputFiles } = await build({
        stdin: { contents, resolveDir: '.' },
        bundle: true,
        minify: true,
        write: false,
        format: 'esm',
        target: 'es2022',
        external: ['/first/messenger.js', './explain.js'],
      });
      return [path, outputFiles[0]!.text] as const;
    }),
  );
  return new Map([...FIRST_PAGES.map(({ path, html }) => [path, html] as const), ...scripts]);
}
