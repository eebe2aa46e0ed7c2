// Only on the documentation site: keeps the page for later, without a network, and says when there is a newer one.
const byId = (id) => document.getElementById(id);
const { serviceWorker } = navigator;

// In private windows of some browsers, and without https, there is none.
if (serviceWorker) void start();

async function start() {
  // A page that the worker has given replaces it when another version takes over. The first visit has no worker yet.
  let hasWorker = serviceWorker.controller !== null;
  serviceWorker.addEventListener('controllerchange', () => {
    if (hasWorker) byId('new-version').hidden = false;
    else byId('saved').hidden = false;
    hasWorker = true;
  });
  byId('saved').hidden = !hasWorker;
  byId('reload').addEventListener('click', () => location.reload());
  try {
    await serviceWorker.register('./service-worker.js', { scope: './', updateViaCache: 'none' });
  } catch {
    // The browser stores nothing for this site. The page works all the same, with a network.
  }
}
