// Styles as adopted style sheets, which work under a content security policy without 'unsafe-inline'.

/**
 * Adds the styles to a document or a shadow root. Returns a function that removes them. Without constructable style sheets,
 * or for a node that cannot have any, there are no styles.
 */
export function adoptStyle(root: Node, css: string): () => void {
  const adopter = root as Document | ShadowRoot;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    adopter.adoptedStyleSheets = [...adopter.adoptedStyleSheets, sheet];
    return () => (adopter.adoptedStyleSheets = adopter.adoptedStyleSheets.filter((other) => other !== sheet));
  } catch {
    // An older browser, or an element that is not in a document.
    return () => {};
  }
}
