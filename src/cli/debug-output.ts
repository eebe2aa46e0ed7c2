// Recognizes what a backend has printed in front of its answer, such as the warnings of PHP.

// What PHP and others print before their answer.
const DEBUG = /(?:warning|notice|deprecated|(?:fatal|parse) error|exception|traceback|debug)\b/i;
const DEBUG_HTML = /<b>(?:warning|notice|deprecated|(?:fatal|parse) error)<\/b>/i;
const JSON_START = /[{[]\s*["{[]/;

/** Whether a backend has printed warnings, a stack trace or HTML in front of what should be the whole answer. */
export function isDebugOutput(text: string): boolean {
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
