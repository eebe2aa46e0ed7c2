/**
 * Returns an object that always has the members of the current one. So `const { backend } = require(…)` gets the backend
 * of each test, not that of the first.
 */
export function mirror<Current extends object>(read: () => Current): Current {
  return new Proxy({} as Current, {
    get: (_, name) => Reflect.get(read(), name) as unknown,
    set: (_, name, value) => Reflect.set(read(), name, value),
    has: (_, name) => Reflect.has(read(), name),
    ownKeys: () => Reflect.ownKeys(read()),
    getOwnPropertyDescriptor(_, name) {
      const descriptor = Reflect.getOwnPropertyDescriptor(read(), name);
      return descriptor && { ...descriptor, configurable: true };
    },
  });
}
