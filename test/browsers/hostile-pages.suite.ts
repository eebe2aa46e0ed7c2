// Pages of an unusual shape, and pages that do not keep still.
import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { describeInBrowser, it } from './in-browser.js';
import { BUILDS, htmlPage, KEY, LIBRARIES, libraryScript, pageWith, startMessenger } from './pages.js';
import { eventually, type Visit } from './visit.js';

const SIGNED_IN = { status: 'signed-in', externalId: 'user-1' };
const AS_USER = { sentAs: 'user', externalId: 'user-1' };

const tagsOf = ({ run }: Visit) => run(({ document }) => document.querySelectorAll('script#ze-snippet').length);
const bootsOf = ({ run }: Visit) => run(({ fakeZendeskMessenger }) => fakeZendeskMessenger.boots);

describeInBrowser('a page of an unusual shape', () => {
  it.for(['sandboxed, without storage and cookies', 'of another site'] as const)(
    'in a frame of another origin, %s',
    async (kind, { visit: openVisit }) => {
      const visit = await openVisit();
      // The frame may not reach the endpoint with the site's cookies: the page around it fetches for it.
      const getToken = `getToken: () => new Promise((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => resolve(data);
        parent.postMessage('token', '*', [port2]);
      })`;
      const inFrame = `
      // An error, or nothing: about:srcdoc has no cookies, says WebKit.
      const isDenied = (read) => { try { read(); return false } catch { return true } };
      const denied = [isDenied(() => localStorage), isDenied(() => { if (!document.cookie) throw 0 })];
      const messenger = createMessenger({ key: '${KEY}', ${getToken} });
      messenger.login()
        .then(({ status, externalId }) => fakeZendeskMessenger.send('hello').then((sent) => ({ status, externalId, sent })), String)
        .then((outcome) => parent.postMessage({ origin, denied, outcome }, '*'));`;
      const script = libraryScript('IIFE', inFrame);
      const address = 'http://embedded.example/page';
      visit.elsewhere.set(address, `<!doctype html><base href="${visit.origin}"><body>${script}`);
      const isSandboxed = kind !== 'of another site';
      const frame = isSandboxed
        ? `sandbox="allow-scripts" srcdoc="${script.replaceAll('"', '&quot;')}"`
        : `src="${address}"`;
      await visit.open(
        htmlPage(`<script>
        document.cookie = 'of=the-site';
        addEventListener('message', async ({ data, ports: [port] }) => {
          if (!port) return void (window.told = data);
          port.postMessage(await (await fetch('/zendesk-token', { method: 'POST' })).text());
        });
      </script><iframe ${frame}></iframe>`),
      );
      await eventually(async () => {
        expect(await visit.run((window) => (window as unknown as { told?: unknown }).told)).toMatchObject({
          origin: isSandboxed ? 'null' : 'http://embedded.example',
          outcome: { ...SIGNED_IN, sent: AS_USER },
          ...(isSandboxed && { denied: [true, true] }),
        });
      });
      // The page around it has none of it.
      expect(await visit.run((window) => 'zE' in window)).toBe(false);
    },
  );

  describe.each(LIBRARIES)('with the %s file', (library) => {
    it('whose blocker drops the tag without an event: login() rejects, and the next one signs in', async ({
      visit: openVisit,
    }) => {
      const visit = await openVisit();
      const before = `<script>
        const { append } = Element.prototype;
        Element.prototype.append = function (...nodes) {
          if (!window.isLifted && nodes[0]?.id === 'ze-snippet') return;
          append.apply(this, nodes);
        };
      </script>`;
      await visit.open(pageWith(library, { before, options: { loadTimeoutMs: 5000 } }));
      expect(await visit.login()).toEqual({ code: 'script_blocked' });
      await visit.run((window) => void ((window as unknown as { isLifted: boolean }).isLifted = true));
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect([await tagsOf(visit), await bootsOf(visit)]).toEqual([1, 1]);
    });

    it('whose blocker removes the tag: login() rejects, and the next one signs in', async ({ visit: openVisit }) => {
      const visit = await openVisit();
      const before = `<script>
        window.blocker = new MutationObserver(() => document.getElementById('ze-snippet')?.remove());
        window.blocker.observe(document, { childList: true, subtree: true });
      </script>`;
      await visit.open(pageWith(library, { before, options: { loadTimeoutMs: 5000 } }));
      // Taken out, a script runs all the same in some browsers; Zendesk's then misses its tag [M 2].
      expect(await visit.login()).toEqual({ code: expect.stringMatching(/^script_blocked$|^messenger_unavailable$/) });
      await visit.run((window) => (window as unknown as { blocker: MutationObserver }).blocker.disconnect());
      expect(await visit.login()).toEqual(SIGNED_IN);
      expect([await tagsOf(visit), await bootsOf(visit)]).toEqual([1, 1]);
    });

    it.for(BUILDS)(
      'that mounts and unmounts a hundred times leaves one of everything, build %s',
      async (build, { visit: openVisit }) => {
        const visit = await openVisit(build);
        const before = `<script>
        window.listening = new Set();
        const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
        EventTarget.prototype.addEventListener = function (name, listener, options) {
          add.call(this, name, listener, options);
          if (this !== window && this !== document) return;
          window.listening.add(listener);
          const { signal } = Object(options);
          if (signal) add.call(signal, 'abort', () => window.listening.delete(listener));
        };
        EventTarget.prototype.removeEventListener = function (name, listener, options) {
          remove.call(this, name, listener, options);
          window.listening.delete(listener);
        };
      </script>`;
        const start = `window.mount = () => { ${startMessenger('messenger')} };`;
        await visit.open(htmlPage(before + libraryScript(library, start)));
        const counts = await visit.run(async (window) => {
          const { mount, listening } = window as unknown as { mount(): void; listening: Set<unknown> };
          const counts: number[] = [];
          for (let count = 0; count < 100; count++) {
            mount();
            const login = window.messenger.login();
            // Some are gone at once, as in React's strict mode, and some stay for a while.
            if (count % 5 === 4) await login;
            window.messenger.destroy();
            counts.push(listening.size);
          }
          mount();
          await window.messenger.login();
          return counts;
        });
        // After the first that came up: the stand-in for Zendesk listens, too.
        expect(counts[99]).toBe(counts[4]);
        expect(await visit.snapshot()).toMatchObject(SIGNED_IN);
        expect([await tagsOf(visit), await bootsOf(visit)]).toEqual([1, 1]);
        expect(await visit.send('hello')).toEqual(AS_USER);
        expect(visit.backend.visitors).toMatchObject([{ externalId: 'user-1', messages: [{ text: 'hello' }] }]);
      },
    );
  });

  it('without a body yet: the visitor is signed in once there is one', async ({ visit: openVisit }) => {
    const visit = await openVisit();
    const start = `${startMessenger('messenger')}
      window.hadBody = document.body !== null;
      window.login = messenger.login().then(({ status }) => status, String);`;
    await visit.open(`<!doctype html><html lang="en"><head><title>A site</title><link rel="icon" href="data:,">
      ${libraryScript('IIFE', start)}</head><body>A site`);
    const { hadBody, login } = await visit.run(async (window) => {
      const { hadBody, login } = window as unknown as { hadBody: boolean; login: Promise<string> };
      return { hadBody, login: await login };
    });
    expect({ hadBody, login }).toEqual({ hadBody: false, login: 'signed-in' });
    expect(await visit.send('hello')).toEqual(AS_USER);
  });

  it("with React in its strict mode: one tag, one messenger, and the snapshot in the page's text", async ({
    visit: openVisit,
  }) => {
    const visit = await openVisit();
    await visit.open(
      htmlPage(`<div id="root"></div>
        <script>${REACT}</script>
        ${libraryScript(
          'IIFE',
          `const { createElement, StrictMode, useEffect, useState, useSyncExternalStore } = require('react');
          window.effects = [];
          function App() {
            const [messenger, setMessenger] = useState();
            useEffect(() => {
              ${startMessenger('messenger')}
              const { messenger } = window;
              window.effects.push('mount');
              setMessenger(messenger);
              messenger.login().catch(() => {});
              return () => { window.effects.push('unmount'); messenger.destroy() };
            }, []);
            return messenger ? createElement(Status, { messenger }) : 'nobody';
          }
          function Status({ messenger }) {
            const { status, externalId } = useSyncExternalStore(messenger.subscribe, messenger.getSnapshot);
            return status + ' ' + externalId;
          }
          const { createRoot } = require('react-dom/client');
          createRoot(document.getElementById('root')).render(createElement(StrictMode, null, createElement(App)));`,
        )}`),
    );
    await eventually(async () => {
      expect(await visit.run(({ document }) => document.getElementById('root')!.textContent)).toBe('signed-in user-1');
    });
    expect(await visit.run((window) => (window as unknown as { effects: string[] }).effects)).toEqual([
      'mount',
      'unmount',
      'mount',
    ]);
    expect([await tagsOf(visit), await bootsOf(visit)]).toEqual([1, 1]);
    expect(visit.zendeskRequests('login')).toEqual(['login 200']);
    expect(visit.consoleLines.filter((line) => line.startsWith('error'))).toEqual([]);
  });
});

// React's own files for development, as it ships them: CommonJS, for which a page needs a require().
const REACT = [
  ['scheduler', 'scheduler/cjs/scheduler.development.js'],
  ['react', 'react/cjs/react.development.js'],
  ['react-dom', 'react-dom/cjs/react-dom.development.js'],
  ['react-dom/client', 'react-dom/cjs/react-dom-client.development.js'],
].reduce(
  (script, [name, file]) => {
    const code = readFileSync(`node_modules/${file}`, 'utf8').replaceAll('</script', '<\\/script');
    return `${script} define('${name}', function (require, module, exports) { ${code} });`;
  },
  `window.process = { env: { NODE_ENV: 'development' } };
  const modules = {};
  const require = (name) => modules[name];
  const define = (name, run) => { const module = { exports: {} }; run(require, module, module.exports); modules[name] = module.exports };`,
);
