// Makes the fake messenger's frames cheap. jsdom creates a whole window for each iframe, which takes longer than most
// tests. Only a test of the frames themselves needs real ones.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * Makes `document.createElement('iframe')` create an element of that name without a window. Returns a function that undoes
 * this.
 */
export function replaceFrames(): () => void {
  const { createElement } = document;
  document.createElement = (name: string) =>
    name === 'iframe'
      ? (document.createElementNS(SVG, name) as Element as HTMLElement)
      : createElement.call(document, name);
  return () => {
    document.createElement = createElement;
  };
}
