// The style of the panel. Its colors follow the developer's color scheme. What the page's own style sheets say about the host
// element must not reach the panel: an important declaration in the shadow root wins over one of the page.
export const PANEL_STYLE = `
:host { all: initial !important; direction: ltr !important; }
.dock {
  --ink: light-dark(#1b212b, #e8ebf0); --soft: light-dark(#525b69, #aab2bf); --paper: light-dark(#fff, #1a1e25);
  --card: light-dark(#f4f6f9, #232831); --line: light-dark(#d5d9e0, #373e4a); --edge: light-dark(#757d8a, #7f8897);
  --accent: light-dark(#1f5fbf, #8ab4ff); --on-accent: light-dark(#fff, #0c1a33); --good: light-dark(#18774a, #5fd39a);
  --warn: light-dark(#8f5900, #f0b95a); --bad: light-dark(#b3261e, #ff9088); --bad-soft: light-dark(#fdeceb, #3b2224);
  --timeline-lane: var(--card); --timeline-paper: var(--paper);
  all: initial; position: fixed; z-index: 999998; left: 12px; bottom: 12px; box-sizing: border-box; color-scheme: light dark;
  color: var(--ink); font: 14px/1.45 system-ui, sans-serif; max-width: calc(100vw - 24px);
}
.dock.open { width: min(980px, 100vw - 24px); }
* { box-sizing: border-box; margin: 0; padding: 0; }
[hidden] { display: none !important; }
h2 { font: 600 15px/1.3 system-ui, sans-serif; }
h3 { font: 600 13px/1.3 system-ui, sans-serif; color: var(--soft); margin-bottom: 6px; }
code, .mono { font: 12.5px/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
a { color: var(--accent); }
button {
  min-height: 32px; padding: 4px 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--paper);
  color: var(--ink); font: inherit; cursor: pointer;
}
button.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
button.small { min-height: 24px; padding: 0 8px; margin-left: 6px; font-size: 12.5px; border-radius: 6px; }
button:hover:not([aria-disabled='true']) { border-color: var(--ink); }
button[aria-disabled='true'] { border: 1px dashed var(--edge); background: transparent; color: var(--soft); cursor: not-allowed; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.pill {
  display: flex; align-items: center; gap: 8px; min-height: 36px; padding: 6px 14px; border-radius: 18px; max-width: 100%;
  box-shadow: 0 2px 10px #0004; text-align: left;
}
.dot { flex: none; width: 10px; height: 10px; border-radius: 50%; border: 2px solid var(--edge); }
[data-status='signed-in'] .dot { border-color: var(--good); background: var(--good); }
[data-status='signing-in'] .dot { border-color: var(--accent); animation: pulse 1.2s infinite; }
[data-status='failed'] .dot { border-color: var(--bad); background: var(--bad); border-radius: 2px; transform: rotate(45deg); }
@keyframes pulse { 50% { background: var(--accent); } }
.panel {
  display: flex; flex-direction: column; max-height: min(640px, 80vh); border: 1px solid var(--line); border-radius: 14px;
  background: var(--paper); box-shadow: 0 8px 32px #0005; overflow: hidden;
}
header { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 12px; padding: 10px 14px; border-bottom: 1px solid var(--line); }
.title { display: flex; align-items: center; gap: 10px; flex: 1 1 240px; min-width: 0; }
.status { color: var(--soft); overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; }
.note { padding: 6px 14px; background: var(--card); border-bottom: 1px solid var(--line); }
.note:empty { display: none; }
.body { display: grid; grid-template-columns: minmax(0, 1fr); gap: 14px; padding: 14px; overflow-y: auto; }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 5px 14px; align-content: start; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.problems { padding: 10px 12px; border-left: 4px solid var(--bad); border-radius: 6px; background: var(--bad-soft); overflow-wrap: anywhere; }
.problems.over { border-left-color: var(--edge); background: var(--card); }
.problems h3 { color: var(--ink); }
.problems p + p, .problems ul { margin-top: 5px; }
.problems ul { padding-left: 18px; }
.blocked { border-left-color: var(--warn); }
ul.zendesk-timeline { font-size: 12.5px; gap: 0 12px; }
.events { max-height: 190px; overflow-y: auto; border: 1px solid var(--line); border-radius: 8px; }
ol { list-style: none; }
ol li { display: grid; grid-template-columns: 68px 62px minmax(0, 1fr); gap: 0 10px; padding: 3px 10px; border-top: 1px solid var(--line); }
ol li:first-child { border-top: 0; }
ol time { color: var(--soft); font-variant-numeric: tabular-nums; }
.site { color: var(--accent); } .token-tag { color: var(--good); } .zendesk { color: var(--warn); } .page { color: var(--soft); }
textarea { width: 100%; height: 160px; padding: 8px; border: 1px solid var(--edge); border-radius: 8px; background: var(--card); color: var(--ink); }
@media (min-width: 800px) {
  .body { grid-template-columns: minmax(0, 5fr) minmax(0, 7fr); }
  .wide { grid-column: 1 / -1; }
}
@media (max-width: 639px) {
  /* Above Zendesk's launcher, which is 60 px high. */
  .dock { bottom: 84px; }
  .panel { max-height: calc(100vh - 100px); }
  .facts { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 6px; }
  ol li { grid-template-columns: 68px minmax(0, 1fr); }
  ol li :last-child { grid-column: 1 / -1; }
}
@media (min-width: 640px) and (max-width: 1279px) {
  .dock.open { bottom: 84px; }
}
@media (prefers-reduced-motion: reduce) { .dot { animation: none !important; } }
@media (forced-colors: active) { .dot { background: ButtonText; } }
@media print { .dock { display: none; } }
`;
