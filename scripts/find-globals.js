import vm from 'node:vm';

const GLOBAL = 'ZendeskMessengerAuth';
const SCRIPTS = ['dist/zendesk-messenger-auth.iife.js', 'dist/zendesk-messenger-auth.iife.min.js'];

/** Runs each script-tag build in a page that is hardly one: nothing may happen there but the making of one global. */
export function findGlobals(files) {
  return SCRIPTS.flatMap((name) => {
    try {
      const { made, changed } = runScript(files[name] ?? '');
      return [
        ...(made.join() === GLOBAL ? [] : [`${name}: defines ${made.join(', ') || 'no global'} instead of ${GLOBAL}`]),
        ...changed.map((path) => `${name}: changes ${path}, which all scripts of the page share`),
      ];
    } catch (error) {
      return [`${name}: ${error}`];
    }
  });
}

function runScript(code) {
  const page = vm.createContext({ document: { currentScript: null } });
  vm.runInContext('globalThis.window = globalThis.self = globalThis', page);
  const namesBefore = Reflect.ownKeys(page);
  const builtInsBefore = readBuiltIns(page);
  vm.runInContext(code, page);
  // Names that are no members of the page's window cannot be declared again: with them, a second copy throws.
  vm.runInContext(code, page);
  const made = Reflect.ownKeys(page).filter((name) => !namesBefore.includes(name));
  const builtIns = readBuiltIns(page);
  const paths = new Set([...builtInsBefore.keys(), ...builtIns.keys()]);
  const changed = [...paths].filter((path) => !Object.is(builtIns.get(path), builtInsBefore.get(path)));
  return { made, changed: changed.filter((path) => !path.startsWith(GLOBAL)) };
}

/** The members of the page's built-in objects and of their prototypes, by their path. */
function readBuiltIns(page) {
  const objects = vm.runInContext(
    `Object.getOwnPropertyNames(globalThis)
      .filter((name) => globalThis[name] !== globalThis)
      .flatMap((name) => [[name, globalThis[name]], [name + '.prototype', globalThis[name]?.prototype]])`,
    page,
  );
  const members = new Map();
  for (const [path, object] of objects) {
    if (Object(object) !== object) continue;
    for (const key of Reflect.ownKeys(object)) {
      const { value, get } = Reflect.getOwnPropertyDescriptor(object, key);
      members.set(`${path}.${String(key)}`, value ?? get);
    }
  }
  return members;
}
