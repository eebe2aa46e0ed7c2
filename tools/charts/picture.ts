// Makes a file of a chart. Observable Plot draws scales, axes and marks. It has no title and description for screen
// readers, no background, no dark mode and no text that grows on phones, so these are added here.
import * as Plot from '@observablehq/plot';
import { JSDOM } from 'jsdom';
import { type Colors, composeStyle, WIDTH } from './style.js';

export interface Picture {
  /** For screen readers. */
  readonly title: string;
  readonly desc: string;
  /** Lines of text above the chart. The first one is bold. */
  readonly lines: readonly (string | readonly Key[])[];
  readonly colors: Colors;
}

/** Explains a color. */
export type Key = readonly [color: string, sign: string, text: string];

/** Returns the text of an SVG file. */
export function drawPicture(chart: Plot.PlotOptions & { readonly height: number }, picture: Picture): string {
  const { document, XMLSerializer } = new JSDOM().window;
  const svg = Plot.plot({ ...chart, document, width: WIDTH });
  const add = (name: string, attributes: Record<string, string | number>, content = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    element.innerHTML = content;
    return element;
  };
  svg.querySelector('style')!.remove();
  svg.prepend(
    add('title', { id: 'title' }, picture.title),
    add('desc', { id: 'desc' }, picture.desc),
    add('style', {}, composeStyle(picture.colors)),
    add('rect', { class: 'paper', width: WIDTH, height: chart.height, rx: 8 }),
  );
  const lines = picture.lines.map((line, i) =>
    add('text', { x: 20, y: 32 + 30 * i, 'text-anchor': 'start' }, drawLine(line, i)),
  );
  svg.append(...lines);
  svg.removeAttribute('class');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-labelledby', 'title desc');
  const text = new XMLSerializer().serializeToString(svg);
  // Short numbers, and one element per line, so that a change can be reviewed.
  return `${text.replace(/\d+\.\d{3,}/g, (n) => String(Math.round(Number(n) * 10) / 10)).replace(/>(?=<(?!\/?tspan|\/text))/g, '>\n')}\n`;
}

function drawLine(line: string | readonly Key[], index: number): string {
  if (typeof line === 'string') return `<tspan class="${index === 0 ? 'name' : 'quiet'}">${line}</tspan>`;
  const keys = line.map(([color, sign, text]) => `<tspan fill="var(--${color})">${sign}</tspan> ${text}`);
  return `<tspan class="quiet">${keys.join('   ')}</tspan>`;
}
