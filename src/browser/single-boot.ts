// Makes sure that only one script tag starts a messenger. The snippet reads `zEACLoaded` when it runs, and sets it only
// when its configuration has arrived, so two tags in quick succession would start two widgets [M 79].
const NAME = 'zEACLoaded';

/**
 * Defines `zEACLoaded` so that the first snippet which reads it runs, and all later ones do nothing. After a failed load
 * it is defined anew. Nothing else may read it.
 *
 * @param adopted - the page's own tag, if it is used
 * @param hasQueue - whether the page has a function `zE` that is not ours
 */
export function guardBoot(adopted?: HTMLScriptElement, hasQueue?: boolean): void {
  const current = Object.getOwnPropertyDescriptor(globalThis, NAME);
  // A messenger has started, or another copy of this library guards the tag.
  if (current && (adopted || current.value)) return;
  // The page's tag has already run if its script has arrived. A function `zE` alone may be the page's own queue.
  let isRead = !!adopted && !!hasQueue && performance.getEntriesByName?.(adopted.src).length > 0;
  Object.defineProperty(globalThis, NAME, {
    configurable: true,
    get: () => isRead || !(isRead = true),
    set() {},
  });
}
