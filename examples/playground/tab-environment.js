// What a tab finds in its window instead of the network, the storage and the clock. Nothing leaves the page.

const ZENDESK = /^https:\/\/([\w-]+\.)*(zdassets|zendesk)\.com(\/|$)/i;

/** Puts the fakes into the window of a tab, before its code runs. Returns the fake messenger. */
export function equipTab(view, { clock, storage, openSessionStorage, answerToken, backend, installFakeMessenger }) {
  view.Date.now = clock.nowMs;
  replace(view, 'localStorage', storage.open(view));
  replace(view, 'sessionStorage', openSessionStorage(view));
  view.fetch = async (url, init) => {
    const { pathname } = new URL(url, view.location.href);
    if (pathname.endsWith('/zendesk-token')) return answerToken(init?.signal);
    throw new TypeError(`The playground has no server that answers ${pathname}.`);
  };
  keepAway(view.HTMLScriptElement.prototype, 'src');
  keepAway(view.HTMLLinkElement.prototype, 'href');
  return installFakeMessenger({ window: view, fetch: backend.fetch });
}

const replace = (view, name, value) => Object.defineProperty(view, name, { configurable: true, value });

/** No element gets an address at Zendesk from now on. It can be read nevertheless, so the fake sees the snippet's tag. */
function keepAway(prototype, name) {
  const { get, set } = Object.getOwnPropertyDescriptor(prototype, name);
  const addresses = new WeakMap();
  Object.defineProperty(prototype, name, {
    configurable: true,
    enumerable: true,
    get() {
      return addresses.get(this) ?? get.call(this);
    },
    set(value) {
      if (ZENDESK.test(String(value))) addresses.set(this, String(value));
      else set.call(this, value);
    },
  });
}
