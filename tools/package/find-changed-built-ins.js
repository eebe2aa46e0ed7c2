import vm from 'node:vm';
import { openBarePage, SCRIPTS } from './bare-page.js';

/** Runs each script-tag build in a page that is hardly one: what all scripts of a page share must stay as it is. */
export function findChangedBuiltIns(files) {
  return SCRIPTS.flatMap((name) => {
    const page = openBarePage();
    const before = readBuiltIns(vm.runInContext('globalThis', page));
    try {
      vm.runInContext(files[name] ?? '', page);
    } catch (error) {
      return [`${name}: ${error}`];
    }
    return before.flatMap(([path, object, state]) => {
      // Of new globals, find-globals.js tells.
      const changed = findChanges(state, readState(object)).filter((key) => path || key in state.members);
      return changed.map((key) => `${name}: changes ${path}${String(key)}, which all scripts of the page share`);
    });
  });
}

/** Every object that can be reached from the page's globals through members and prototypes, and those globals. */
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
