import vm from 'node:vm';

const SCRIPTS = ['dist/zendesk-messenger-auth.iife.js', 'dist/zendesk-messenger-auth.iife.min.js'];
const GLOBAL = 'ZendeskMessengerAuth';

/** Runs each script-tag build in an empty page. It must define one global and leave the built-in objects as they are. */
export function findPageFaults(files) {
  return SCRIPTS.flatMap((name) => {
    const page = vm.createContext({ document: { currentScript: null } });
    vm.runInContext('globalThis.window = globalThis.self = globalThis', page);
    const namesBefore = Reflect.ownKeys(page);
    const before = readBuiltIns(vm.runInContext('globalThis', page));
    try {
      // The second run throws if the first one declared a `const` or a `class`, which is a global, but no member of window.
      for (let run = 0; run < 2; run++) vm.runInContext(files[name] ?? '', page);
    } catch (error) {
      return [`${name}: ${error}`];
    }
    const made = Reflect.ownKeys(page).filter((key) => !namesBefore.includes(key));
    const changed = before.flatMap(([path, object, state]) =>
      findChanges(state, readState(object))
        .filter((key) => path || key in state.members)
        .map((key) => `${name}: changes ${path}${String(key)}, which other scripts of the page use`),
    );
    if (made.join() === GLOBAL) return changed;
    return [`${name}: defines ${made.join(', ') || 'no global'} instead of ${GLOBAL}`, ...changed];
  });
}

/** Every object that can be reached from the page's globals through members and prototypes, with its state. */
function readBuiltIns(window) {
  const seen = new Set();
  const found = [];
  const visit = (object, path) => {
    if (Object(object) !== object || seen.has(object)) return;
    seen.add(object);
    const state = readState(object);
    found.push([path, object, state]);
    for (const key of Reflect.ownKeys(state.members)) visit(state.members[key].value, `${path}${String(key)}.`);
    visit(state.prototype, `${path}__proto__.`);
  };
  visit(window, '');
  return found;
}

const readState = (object) => ({
  members: Object.getOwnPropertyDescriptors(object),
  prototype: Reflect.getPrototypeOf(object),
  isExtensible: Object.isExtensible(object),
});

function findChanges(before, after) {
  const keys = new Set([...Reflect.ownKeys(before.members), ...Reflect.ownKeys(after.members)]);
  return [
    ...(before.isExtensible === after.isExtensible ? [] : ['[[Extensible]]']),
    ...(before.prototype === after.prototype ? [] : ['[[Prototype]]']),
    ...[...keys].filter((key) => !isSame(before.members[key], after.members[key])),
  ];
}

const isSame = (one = {}, other = {}) =>
  ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'].every((part) => Object.is(one[part], other[part]));
