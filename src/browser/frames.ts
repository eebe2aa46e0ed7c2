// The messenger's frames. Without its first frame, the messenger is dead, and nothing tells the page [M 8, 74].
const FRAME = 'iframe[data-product="web_widget"]';

/**
 * Calls `onLost` once when the messenger's frame has disappeared: because a router has replaced the body, or another
 * script has removed it. Returns a function that ends the watch.
 */
export function watchFrame(onLost: () => void): () => void {
  let frame: Element | null = null;
  const observer = new MutationObserver(look);
  function look(): void {
    frame ??= document.querySelector(FRAME);
    if (frame && !frame.isConnected) {
      observer.disconnect();
      onLost();
      return;
    }
    const parent = frame?.parentNode ?? document.body;
    if (parent) observer.observe(parent, { childList: true });
  }
  // A new body is a new child of the root element.
  observer.observe(document.documentElement, { childList: true });
  look();
  return () => observer.disconnect();
}

/** Whether the page has a frame that may be the messenger's. A newer build may give it another name. */
export const mayHaveFrame = () => !!document.querySelector('iframe:not([src^="http"])');

/** Removes the messenger from the body. If a frame is left, the next messenger is a second widget [M 76]. */
export function removeFrames(): void {
  const frames = `${FRAME},iframe#launcher,iframe[name="Messaging window"]`;
  for (const child of [...(document.body?.children ?? [])]) {
    if (child.matches(frames) || child.querySelector(frames)) child.remove();
  }
}
