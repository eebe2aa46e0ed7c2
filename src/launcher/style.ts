// The styles of the launcher. They are an adopted style sheet, which works under a content security policy without
// 'unsafe-inline'.

// The text is black or white. At this luminance, both have the same contrast, which is 4.58.
const INK = `clamp(0,(.179 - .2126*r - .7152*g - .0722*b)*9999,1)`;

// One rule in each line, because minifiers leave texts as they are. A speech bubble is drawn with borders, which forced
// colors keep. While loading, it pulses, and the note comes after a second, because loading is usually shorter.
const CSS = `:host{display:contents}
section{all:initial;--bg:var(--zendesk-launcher-color,#1f2a37);--ink:var(--zendesk-launcher-text,#fff);--x:var(--zendesk-launcher-offset-x,16px);position:fixed;z-index:var(--zendesk-launcher-z-index,1000000);bottom:max(var(--zendesk-launcher-offset-y,16px),env(safe-area-inset-bottom));right:max(var(--x),env(safe-area-inset-right));display:grid;justify-items:right;font:var(--zendesk-launcher-font,600 16px/1.3 system-ui,sans-serif);transition:.2s}
section.left{right:auto;left:max(var(--x),env(safe-area-inset-left));justify-items:left}
section.away{opacity:0;visibility:hidden}
button,p{all:unset;box-sizing:border-box;display:flex;align-items:center;gap:10px;max-width:min(320px,100vw - 2*var(--x));padding:14px 20px;border:2px solid transparent;border-radius:var(--zendesk-launcher-radius,28px);background:var(--bg);color:var(--ink);overflow-wrap:anywhere;box-shadow:0 3px 12px #0005}
button{min-height:56px;cursor:pointer}
button::before{content:"";flex:none;width:16px;height:12px;border:3px solid;border-radius:9px 9px 9px 0}
p{display:block;order:-1;margin-bottom:12px}
p:empty{position:absolute;opacity:0}
a{display:block;padding:12px 0;color:inherit}
:focus-visible{outline:2px solid;outline-offset:-6px}
.loading p{animation:late 1s}
.loading button::before{animation:pulse 1s infinite}
@keyframes late{0%,99%{opacity:0}}
@keyframes pulse{50%{opacity:.2}}
@media (prefers-color-scheme:dark){section{--bg:var(--zendesk-launcher-color,#f0f3f6);--ink:var(--zendesk-launcher-text,#1b1f24)}}
@supports (color:color(from red srgb-linear r g b)){section{--y:${INK};--ink:var(--zendesk-launcher-text,color(from var(--bg) srgb-linear var(--y) var(--y) var(--y)/1))}}
@media (prefers-reduced-motion){section,p,button::before{transition:none;animation:none!important}}
@media print{section{display:none}}`;

/** Adds the styles to the launcher's shadow root. */
export function addStyle(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Safari before 16.4 and Firefox before 101: the button has no styles, and works.
  }
}
