// Makes the fake messenger's frames cheap. jsdom creates a whole window for each iframe, which takes longer than most
// tests. Only a test of the frames themselves needs real ones.

/** Makes `document.createElement('iframe')` create a `div`. Returns a function that undoes this. */
export function replaceFrames(): () => void {
  const { createElement } = document;
  document.createElement = (name: string) => createElement.call(document, name === 'iframe' ? 'div' : name);
  return () => {
    document.createElement = createElement;
  };
}
