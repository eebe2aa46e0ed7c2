// The styles of the fake messenger. They are adopted style sheets, which work under a content security policy without
// 'unsafe-inline'.

const COLORS = '--ink: #1b2430; --paper: #fff; --accent: #0b4f8a; --soft: #eef3f8; --line: #76808c; --warn: #8a1c1c;';

const BASE = `
  * { box-sizing: border-box; margin: 0; }
  button, input { font: inherit; }
  :focus-visible { outline: 3px solid #e08700; outline-offset: 2px; }
`;

export const WINDOW_STYLE = `
  :host { ${COLORS} color: var(--ink); font: 15px/1.45 system-ui, sans-serif; color-scheme: light; }
  ${BASE}
  section { display: flex; flex-direction: column; height: 100%; background: var(--paper); border: 1px solid var(--line);
    border-radius: 12px; overflow: hidden; box-shadow: 0 8px 28px rgb(20 30 45 / 28%); }
  header { display: flex; gap: 12px; justify-content: space-between; align-items: start; padding: 14px 16px;
    background: var(--accent); color: #fff; }
  h2 { font-size: 16px; line-height: 1.3; }
  h2 small { display: block; font-size: 13px; font-weight: 400; }
  header button { flex: none; padding: 4px 10px; border: 1px solid #fff; border-radius: 6px; background: transparent;
    color: inherit; cursor: pointer; }
  .status { padding: 10px 16px; background: var(--soft); border-bottom: 1px solid #cfd8e2; }
  .status strong { display: block; }
  ol { flex: 1; overflow-y: auto; padding: 14px 16px; list-style: none; display: flex; flex-direction: column; gap: 8px; }
  ol:empty::before { content: 'No messages yet.'; color: #55606d; }
  li { align-self: end; max-width: 85%; padding: 7px 12px; border-radius: 12px 12px 2px; background: var(--accent); color: #fff;
    overflow-wrap: anywhere; white-space: pre-wrap; }
  .result { padding: 0 16px 8px; min-height: 30px; color: #3d4853; }
  .result[data-failed] { color: var(--warn); font-weight: 600; }
  form { display: grid; grid-template-columns: 1fr auto; gap: 4px 8px; padding: 10px 16px 16px; border-top: 1px solid #cfd8e2; }
  label { grid-column: 1 / -1; font-size: 13px; }
  input { min-width: 0; padding: 8px 10px; border: 1px solid var(--line); border-radius: 8px; background: #fff; color: var(--ink); }
  form button { padding: 8px 16px; border: 0; border-radius: 8px; background: var(--accent); color: #fff; cursor: pointer; }
`;

export const LAUNCHER_STYLE = `
  :root { ${COLORS} color-scheme: light; }
  ${BASE}
  body { padding: 6px; font: 15px/1.2 system-ui, sans-serif; background: transparent; }
  button { width: 100%; height: 44px; padding: 0 16px; border: 2px solid #fff; border-radius: 22px; background: var(--accent);
    color: #fff; cursor: pointer; white-space: nowrap; }
`;

/** Adds the style sheet to a document or a shadow root. If the browser does not support that, there are no styles. */
export function adoptStyle(root: Document | ShadowRoot, view: typeof globalThis, css: string): void {
  try {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // This browser has no constructable style sheets.
  }
}
