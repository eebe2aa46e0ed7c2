// Keeps an element in the page's body.

/**
 * Appends the element to the body as soon as there is one, and again when the page has replaced its body or emptied it, as
 * Turbo does. Removes it when the signal is aborted.
 */
export function keepInBody(element: HTMLElement, signal: AbortSignal): void {
  const observer = new MutationObserver(place);
  function place(): void {
    // There is no global document any more when a test's environment is taken down.
    const { body, documentElement } = element.ownerDocument;
    // The body is a child of this element, so this also waits for the first body.
    observer.observe(documentElement, { childList: true });
    if (!body) return;
    observer.observe(body, { childList: true });
    if (!element.isConnected) body.append(element);
  }
  place();
  signal.addEventListener('abort', () => {
    observer.disconnect();
    element.remove();
  });
}
