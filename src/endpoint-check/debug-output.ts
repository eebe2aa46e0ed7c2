// Recognizes what a backend has printed in front of its answer or behind it, such as the warnings of PHP.

// What PHP and others print.
const DEBUG = /(?:warning|notice|deprecated|(?:fatal|parse) error|exception|traceback|debug)\b/i;
const DEBUG_HTML = /<b>(?:warning|notice|deprecated|(?:fatal|parse) error)<\/b>/i;
const JSON_START = /[{[]\s*["{[]/;
// Where JSON may end. More would take long in a long text that is no JSON.
const MAX_ENDS = 200;

/**
 * Whether a backend has printed warnings, a stack trace or HTML in front of what should be the whole answer, or warnings
 * behind it.
 */
export function isDebugOutput(text: string): boolean {
  const rest = readBehindJson(text);
  if (rest !== undefined) return (rest.startsWith('<') ? DEBUG_HTML : DEBUG).test(rest);
  if (text.startsWith('<')) return DEBUG_HTML.test(text) || hasJsonBehind(text);
  return hasJsonBehind(text) && DEBUG.test(text.slice(0, text.search(JSON_START)));
}

/** Whether JSON follows HTML or words. */
export function hasJsonBehind(text: string): boolean {
  if (!text.startsWith('<')) return text.search(JSON_START) > 0;
  return (
    text
      .slice(text.lastIndexOf('>') + 1)
      .trimStart()
      .search(JSON_START) === 0
  );
}

/** Returns what follows the JSON with which the text starts. `undefined` if it does not start with JSON, or is JSON. */
export function readBehindJson(text: string): string | undefined {
  if (!/^[{[]/.test(text)) return undefined;
  const ends = [...text.matchAll(/[}\]]/g)].slice(0, MAX_ENDS).map(({ index }) => index + 1);
  const end = ends.find((index) => parseJson(text.slice(0, index)) !== undefined);
  return end === undefined ? undefined : text.slice(end).trim() || undefined;
}

/** Returns `undefined` if it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // It is not JSON.
  }
}
