// The page's console, where a driver does not tell of it (WebKit), or of its errors (Firefox). A script before all others
// writes it down.
import { createHash } from 'node:crypto';

/** What the recorder hands over, as JSON: the outcome that it was given, and what is new. */
export interface Recorded {
  readonly value?: unknown;
  readonly message?: string;
  readonly error?: string;
  readonly lines?: string[];
  readonly uncaught?: string[];
}

// As a text, so that nobody rewrites it. It takes what it needs before a page can change it, and leaves no tag. Turbo runs
// the scripts of each page's head that it has not seen, in the same document: there, the first one goes on.
export const RECORDER = `if (!window[Symbol.for('recorder')]) {
  const { stringify } = JSON, text = String, { getOwnPropertyNames } = Object;
  let lines = [], uncaught = [];
  const expand = (key, value) => {
    if (!(value instanceof Error)) return typeof value === 'bigint' ? text(value) : value;
    const all = {};
    for (const name of getOwnPropertyNames(value)) all[name] = value[name];
    return { name: value.name, ...all };
  };
  const describe = (value) => {
    try { return stringify(value, expand) ?? text(value); } catch { return text(value); }
  };
  for (const type of ['debug', 'error', 'info', 'log', 'trace', 'warn']) {
    const write = console[type];
    console[type] = (...values) => {
      lines.push(type + ': ' + values.map((value) => text(value)).join(' ') + ' ' + describe(values));
      write.apply(console, values);
    };
  }
  addEventListener('error', ({ message, error }) => uncaught.push(error ? describe(error) : message));
  addEventListener('unhandledrejection', ({ reason }) => uncaught.push(describe(reason)));
  Object.defineProperty(window, Symbol.for('recorder'), { value: { finish(outcome) {
    const answer = stringify({ ...outcome, lines, uncaught });
    lines = [], uncaught = [];
    return answer;
  } } });
}
document.currentScript?.remove();`;

/**
 * Leaves nothing of a visitor in a page's storage, once the page is left. Any earlier, the library would miss it, and ask
 * the endpoint. A page may have no storage.
 */
export const FORGET = `addEventListener('unload', () => {
  for (const name of ['localStorage', 'sessionStorage']) {
    try { window[name].clear() } catch {}
  }
})`;

const HASH = `'sha256-${createHash('sha256').update(RECORDER).digest('base64')}'`;

/** Puts the recorder into a page, and lets it through the page's content security policy. */
export function withRecorder(html: string): string {
  const [doctype = ''] = /^\s*<!doctype[^>]*>/i.exec(html) ?? [];
  const rest = html.slice(doctype.length).replace(/<meta[^>]*content-security-policy[^>]*>/gi, allowRecorder);
  return `${doctype}<script>${RECORDER}</script>${rest}`;
}

/** Lets the recorder, and nothing else, through a content security policy. */
export function allowRecorder(policy: string): string {
  return policy.replace(/\bscript-src(-elem)? [^;,">]*/g, (directive) =>
    directive.includes("'unsafe-inline'") ? directive : `${directive} ${HASH}`,
  );
}
