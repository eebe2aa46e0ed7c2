// Creates SVG elements. Does not parse text, because a Trusted Types policy could block it.

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** @param title - a tooltip, which browsers show when the pointer is on the element */
export function createSvgElement<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | number>> = {},
  title = '',
): SVGElementTagNameMap[Tag] {
  const created = document.createElementNS(NAMESPACE, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, String(value));
  if (title) {
    const tooltip = document.createElementNS(NAMESPACE, 'title');
    tooltip.textContent = title;
    created.append(tooltip);
  }
  return created;
}

export function createLabel(text: string, x: number, y: number, className: string): SVGTextElement {
  const created = createSvgElement('text', { x, y, class: className });
  created.textContent = text;
  return created;
}
