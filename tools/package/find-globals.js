import vm from 'node:vm';
import { openBarePage, SCRIPTS } from './bare-page.js';

const GLOBAL = 'ZendeskMessengerAuth';

/** Runs each script-tag build in a page that is hardly one: nothing may be defined there but one global. */
export function findGlobals(files) {
  return SCRIPTS.flatMap((name) => {
    try {
      const made = runScript(files[name] ?? '');
      return made.join() === GLOBAL ? [] : [`${name}: defines ${made.join(', ') || 'no global'} instead of ${GLOBAL}`];
    } catch (error) {
      return [`${name}: ${error}`];
    }
  });
}

function runScript(code) {
  const page = openBarePage();
  const namesBefore = Reflect.ownKeys(page);
  vm.runInContext(code, page);
  // Names that are no members of the page's window cannot be declared again: with them, a second copy throws.
  vm.runInContext(code, page);
  return Reflect.ownKeys(page).filter((name) => !namesBefore.includes(name));
}
