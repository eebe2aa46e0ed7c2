// Reads additional request headers from a file, such as a visitor's cookie.
import { UsageError } from './usage-error.js';

// Headers for the connection or the body. They are ignored, because people copy them along with the others from a
// browser.
const IGNORED_HEADERS =
  /^(?:accept-encoding|connection|content-length|expect|keep-alive|te|transfer-encoding|upgrade)$/i;

/**
 * @param text - one `Name: value` per line
 * @throws UsageError with the number of the line, but nothing of its content
 */
export function parseHeaders(text: string): readonly (readonly [name: string, value: string])[] {
  // Some editors write a byte order mark at the beginning.
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      // HTTP/2 pseudo-headers, such as ":authority: shop.example", are copied along in the same way.
      if (line.trim() === '' || line.startsWith(':')) return [];
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`Line ${index + 1} of the header file does not have the form "Name: value".`);
      }
      return IGNORED_HEADERS.test(name) ? [] : [[name, value.trim()] as const];
    });
}
