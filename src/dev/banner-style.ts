// The style of the banner. Its colors follow the developer's color scheme.
export const BANNER_STYLE = `
  :host { --ink: #1b2430; --paper: #fff8e1; --line: #8a6d1d; --button: #fff; --accent: #0b4f8a;
    position: fixed; left: 16px; bottom: 16px; z-index: 999998; box-sizing: border-box; width: 320px;
    max-width: calc(100vw - 32px); color: var(--ink); font: 14px/1.4 system-ui, sans-serif; color-scheme: light dark; }
  @media (max-width: 639px) { :host { bottom: 76px; } }
  @media (prefers-color-scheme: dark) {
    :host { --ink: #f4ecd8; --paper: #2b2616; --line: #b99b4b; --button: #3a3421; --accent: #9cc9ff; }
  }
  @media print { :host { display: none; } }
  * { box-sizing: border-box; margin: 0; }
  [hidden] { display: none !important; }
  section { padding: 10px 12px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px;
    box-shadow: 0 4px 16px rgb(20 30 45 / 25%); }
  header { display: flex; gap: 8px; align-items: start; }
  p { flex: 1; overflow-wrap: anywhere; }
  strong { display: block; }
  .controls { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-top: 8px; }
  label { display: flex; flex: 1 0 100%; gap: 8px; align-items: center; }
  select { flex: 1; min-width: 0; }
  button, select { font: inherit; color: inherit; padding: 4px 10px; min-height: 28px; background: var(--button);
    border: 1px solid var(--line); border-radius: 6px; }
  button { cursor: pointer; }
  button[aria-pressed='true'] { font-weight: 700; border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
  :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  [role='status']:not(:empty) { margin-top: 8px; }
`;
