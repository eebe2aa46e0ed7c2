// A storage in memory that several tabs share, as they share localStorage. So the playground stores nothing in the browser,
// and two windows with the playground do not disturb each other.

/** Creates a storage. `open(view)` returns it as the tab with this window sees it. */
export function createMemoryStorage() {
  const items = new Map();
  const views = new Set();

  // As in a browser: later, and only in the other tabs.
  function tellOthers(view, key, oldValue, newValue) {
    if (oldValue === newValue) return;
    for (const other of views) {
      if (other === view) continue;
      other.setTimeout(() => {
        if (views.has(other)) other.dispatchEvent(new other.StorageEvent('storage', { key, oldValue, newValue }));
      });
    }
  }

  function createMethods(view) {
    const read = (key) => items.get(String(key)) ?? null;
    return {
      getItem: read,
      setItem(key, value) {
        const before = read(key);
        items.set(String(key), String(value));
        tellOthers(view, String(key), before, String(value));
      },
      removeItem(key) {
        const before = read(key);
        items.delete(String(key));
        tellOthers(view, String(key), before, null);
      },
      key: (index) => [...items.keys()][index] ?? null,
      clear() {
        items.clear();
        tellOthers(view, null, '', null);
      },
    };
  }

  return {
    open(view) {
      views.add(view);
      const methods = createMethods(view);
      // Object.keys(localStorage) lists the items, and not the methods.
      return new Proxy(methods, {
        get: (_, name) => (name === 'length' ? items.size : (methods[name] ?? items.get(name))),
        ownKeys: () => [...items.keys()],
        getOwnPropertyDescriptor: (_, name) =>
          items.has(name)
            ? { value: items.get(name), writable: true, enumerable: true, configurable: true }
            : undefined,
      });
    },
    /** A tab that is closed or reloaded gets no more events. */
    close(view) {
      views.delete(view);
    },
  };
}
