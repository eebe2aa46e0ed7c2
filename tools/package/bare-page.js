import vm from 'node:vm';

export const SCRIPTS = ['dist/zendesk-messenger-auth.iife.js', 'dist/zendesk-messenger-auth.iife.min.js'];

/** A page that is hardly one: it has no messenger to load, and no script tag to read. */
export function openBarePage() {
  const page = vm.createContext({ document: { currentScript: null } });
  vm.runInContext('globalThis.window = globalThis.self = globalThis', page);
  return page;
}
