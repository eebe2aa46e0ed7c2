// Keeps the token doctor's own files in the browser, so that the page works without a network. It answers requests for
// these files only, sends nothing, and listens to no message of the page. tools/site fills in the two constants.
const VERSION = 'none';
const FILES = [];

const PREFIX = 'zendesk-messenger-auth-doctor-';
const NAME = PREFIX + VERSION;
const URLS = FILES.map((path) => new URL(path, self.location).href);

self.addEventListener('install', (event) => {
  event.waitUntil(save().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method === 'GET' && URLS.includes(origin + pathname))
    event.respondWith(answer(origin + pathname, request));
});

/** All files or none, so that they fit together. Past the browser's own cache, which may have older ones. */
async function save() {
  const cache = await caches.open(NAME);
  await cache.addAll(URLS.map((url) => new Request(url, { cache: 'reload' })));
}

async function removeOld() {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)),
  );
}

async function answer(url, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(url, { ignoreVary: true })) ?? fetch(request);
}
