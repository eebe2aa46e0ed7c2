// What the drawings of this project are made of: an SVG with a title and a description, texts and lines.

/** A whole picture, as the text of its file. */
export const svg = (
  width: number,
  height: number,
  title: string,
  desc: string,
  style: string,
  body: readonly string[],
) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">${title}</title>
<desc id="desc">${desc}</desc>
<style>
${style}
</style>
${body.join('\n')}
</svg>
`;

export const text = (x: number, y: number, content: string, kind = '') =>
  `<text x="${round(x)}" y="${round(y)}"${kind && ` class="${kind}"`}>${content}</text>`;
export const line = (x1: number, y1: number, x2: number, y2: number, kind: string) =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
export const round = (n: number) => Math.round(n * 10) / 10;
/** What everything else is drawn on. */
export const paper = (width: number, height: number) =>
  `<rect class="paper" width="${width}" height="${height}" rx="8"/>`;
