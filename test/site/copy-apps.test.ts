// The apps of the documentation site, without a browser and without the site.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyApps, listFiles, readApps, type App } from '../../tools/site/copy-apps.js';
import { findDeadReferences, findReferences } from './find-references.js';

const APPS = readApps('examples/apps.json');

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'site-'));
  write('site/index.html', 'home');
});
afterEach(() => rmSync(root, { recursive: true }));

function write(path: string, text: string): void {
  mkdirSync(join(root, path, '..'), { recursive: true });
  writeFileSync(join(root, path), text);
}

const copy = (apps: readonly App[]) =>
  copyApps(apps, { examples: join(root, 'examples'), dist: join(root, 'dist'), site: join(root, 'site') });

describe('copying', () => {
  const app = { folder: 'app', files: ['style.css', 'dist/index.js'] };

  beforeEach(() => {
    write('examples/app/index.html', 'page');
    write('examples/app/parts/part.js', 'part');
    // Only for the tests that import the part.
    write('examples/app/parts/part.d.ts', 'types');
    write('examples/style.css', 'style');
    write('dist/index.js', 'library');
  });

  it('puts an app’s folder, and what it uses from outside, at the same paths of the site', () => {
    expect(copy([app])).toEqual(['app/index.html', 'app/parts/part.js', 'dist/index.js', 'style.css']);
    const read = (path: string) => readFileSync(join(root, 'site', path), 'utf8');
    expect([read('app/index.html'), read('app/parts/part.js'), read('dist/index.js'), read('style.css')]).toEqual([
      ...['page', 'part', 'library', 'style'],
    ]);
  });

  it('says what to run when the site or the library is not built', () => {
    rmSync(join(root, 'dist/index.js'));
    expect(() => copy([app])).toThrow('Run: npm run build');
    rmSync(join(root, 'site/index.html'));
    expect(() => copy([app])).toThrow('Run: npm run docs');
  });
});

describe('an app that works without a network', () => {
  const app = { folder: 'app', files: ['style.css'], isOffline: true };
  const build = () => {
    copy([app]);
    const worker = readFileSync(join(root, 'site/app/service-worker.js'), 'utf8');
    return { worker, version: /VERSION = '(\w+)'/.exec(worker)![1] };
  };

  beforeEach(() => {
    write('examples/app/index.html', '<html><head></head></html>');
    write('examples/app/part.js', 'part');
    write('examples/app/service-worker.js', "const VERSION = 'none';\nconst FILES = [];\n");
    write('examples/style.css', 'style');
  });

  it('has a worker that names the other files, and a page that starts it', () => {
    const files = /FILES = (\[[^\]]*\])/.exec(build().worker)![1]!;
    expect(JSON.parse(files)).toEqual(['./', './part.js', '../style.css']);
    expect(readFileSync(join(root, 'site/app/index.html'), 'utf8')).toContain(
      'src="./offline.js"></script>\n  </head>',
    );
    expect(readFileSync(join(root, 'examples/app/index.html'), 'utf8')).not.toContain('offline.js');
  });

  it.each(['app/index.html', 'app/part.js', 'app/service-worker.js', 'style.css'])(
    'is a new version when %s changes, and only then',
    (path) => {
      const { version } = build();
      expect(build().version).toBe(version);
      write(`examples/${path}`, `${readFileSync(join(root, 'examples', path), 'utf8')}<!-- -->`);
      expect(build().version).not.toBe(version);
    },
  );
});

describe.each(APPS)('$folder', (app) => {
  const place = (path: string) => (path.startsWith('dist/') ? path : join('examples', path));
  const files = listFiles(app, 'examples');

  it('names only files that exist and are not written by a server', () => {
    expect(files.filter((path) => !existsSync(place(path)))).toEqual([]);
    expect(files.filter((path) => readFileSync(place(path), 'utf8').includes('{{'))).toEqual([]);
  });

  it('refers only to its own files and to the start page, with relative URLs', () => {
    const dead = findDeadReferences(files, (path) => readFileSync(place(path), 'utf8'));
    expect(dead).toEqual([]);
  });
});

describe('the check of references', () => {
  it('finds those of HTML, modules, styles and manifests', () => {
    expect(findReferences('a.html', '<link href="./a.css"><script src="a.js"></script><a href="../">x</a>')).toEqual([
      ...['./a.css', 'a.js', '../'],
    ]);
    expect(
      findReferences('a.js', "import { a } from './b.js';\nexport { c } from '../c.js';\nimport './d.js';"),
    ).toEqual(['./b.js', '../c.js', './d.js']);
    expect(findReferences('a.js', "const a = await import('./a.js');")).toEqual(['./a.js']);
    expect(findReferences('a.css', "@import './b.css'; a { background: url(c.svg) }")).toEqual(['./b.css', 'c.svg']);
    const manifest = { start_url: './', icons: [{ src: 'icon.svg' }] };
    expect(findReferences('a.webmanifest', JSON.stringify(manifest))).toEqual(['./', 'icon.svg']);
  });

  it('accepts other sites, data and parts of the page, and names what is dead or absolute', () => {
    const html = '<a href="https://example.com/"></a><link href="data:,"><a href="#x"></a><a href="../">x</a>';
    expect(findDeadReferences(['app/index.html'], () => html)).toEqual([]);
    const page = '<script src="./gone.js"></script><a href="/app/">x</a><a href="./">x</a>';
    expect(findDeadReferences(['app/index.html'], () => page)).toEqual([
      'app/index.html: ./gone.js is no file of the app',
      'app/index.html: /app/ is not relative',
    ]);
  });
});
