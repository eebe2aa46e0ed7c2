// Creates elements for the pages in the frames.

export function makeElement(document, name, properties = {}, attributes = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}
