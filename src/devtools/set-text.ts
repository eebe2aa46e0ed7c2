/** Changes the text only if it is another one: a screen reader reads a status again whenever its text is set. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}
