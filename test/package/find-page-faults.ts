import vm from 'node:vm';
import type { Files } from './pack.js';

const SCRIPTS = ['dist/zendesk-messenger-auth.iife.js', 'dist/zendesk-messenger-auth.iife.min.js'];
const GLOBAL = 'ZendeskMessengerAuth';

interface State {
  readonly members: Record<PropertyKey, PropertyDescriptor>;
  readonly prototype: object | null;
  readonly isExtensible: boolean;
}

/** Runs each script-tag build in an empty page. It must define one global and leave the built-in objects unchanged. */
export function findPageFaults(files: Files): string[] {
  return SCRIPTS.flatMap((name) => {
    const page = vm.createContext({ document: { currentScript: null, querySelector: () => null } });
    vm.runInContext('globalThis.window = globalThis.self = globalThis', page);
    const namesBefore = Reflect.ownKeys(page);
    const before = readBuiltIns(vm.runInContext('globalThis', page));
    try {
      // The second run throws if the first one declared a global `const` or `class`, which is not a member of window.
      for (let run = 0; run < 2; run++) vm.runInContext(files[name] ?? '', page);
    } catch (error) {
      return [`${name}: ${String(error)}`];
    }
    const added = Reflect.ownKeys(page).filter((key) => !namesBefore.includes(key));
    const changed = before.flatMap(({ path, object, state }) =>
      findChanges(state, readState(object))
        .filter((key) => path || key in state.members)
        .map((key) => `${name}: changes ${path}${String(key)}, which other scripts of the page use`),
    );
    if (added.join() === GLOBAL) return changed;
    return [`${name}: defines ${added.join(', ') || 'no global'} instead of ${GLOBAL}`, ...changed];
  });
}

/** Returns every object that the page's globals lead to through members and prototypes, with its state. */
function readBuiltIns(window: object): { path: string; object: object; state: State }[] {
  const seen = new Set<unknown>();
  const found: { path: string; object: object; state: State }[] = [];
  const visit = (object: any, path: string) => {
    if (Object(object) !== object || seen.has(object)) return;
    seen.add(object);
    const state = readState(object);
    found.push({ path, object, state });
    for (const key of Reflect.ownKeys(state.members)) visit(state.members[key]!.value, `${path}${String(key)}.`);
    visit(state.prototype, `${path}__proto__.`);
  };
  visit(window, '');
  return found;
}

const readState = (object: object): State => ({
  members: Object.getOwnPropertyDescriptors(object),
  prototype: Reflect.getPrototypeOf(object),
  isExtensible: Object.isExtensible(object),
});

function findChanges(before: State, after: State): PropertyKey[] {
  const keys = new Set([...Reflect.ownKeys(before.members), ...Reflect.ownKeys(after.members)]);
  return [
    ...(before.isExtensible === after.isExtensible ? [] : ['[[Extensible]]']),
    ...(before.prototype === after.prototype ? [] : ['[[Prototype]]']),
    ...[...keys].filter((key) => !isSame(before.members[key], after.members[key])),
  ];
}

const PARTS = ['value', 'get', 'set', 'writable', 'enumerable', 'configurable'] as const;
const isSame = (one: PropertyDescriptor = {}, other: PropertyDescriptor = {}) =>
  PARTS.every((part) => Object.is(one[part], other[part]));
