// Creates SVG elements.

const NS = 'http://www.w3.org/2000/svg';

export function make(name, attributes = {}, title) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (title) node.append(Object.assign(document.createElementNS(NS, 'title'), { textContent: title }));
  return node;
}

export function label(text, x, y, className) {
  const node = make('text', { x, y, class: className });
  node.textContent = text;
  return node;
}
