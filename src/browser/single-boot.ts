// Makes sure that only one script tag starts a messenger. The snippet reads `zEACLoaded` when it runs, and sets it only
// when its configuration has arrived, so two tags in quick succession would start two widgets [M 79].
const NAME = 'zEACLoaded';

/**
 * Defines `zEACLoaded` so that the first snippet which reads it runs, and all later ones do nothing. After a failed load
 * it is defined anew. Nothing else may read it.
 *
 * @param isExisting - whether the page's own tag is used, which another copy of this library may already guard
 */
export function guardBoot(isExisting: boolean): void {
  const current = Object.getOwnPropertyDescriptor(globalThis, NAME);
  // A messenger has started, or the tag is guarded.
  if (current && (isExisting || current.value)) return;
  let isRead = false;
  Object.defineProperty(globalThis, NAME, {
    configurable: true,
    get: () => isRead || !(isRead = true),
    set() {},
  });
}
