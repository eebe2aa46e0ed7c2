// Headers to ask an endpoint with, such as a visitor's cookie.
import { UsageError } from './usage-error.js';

// What belongs to the connection, or to a body. They come along when headers are copied from a browser.
const LEFT_OUT = /^(?:accept-encoding|connection|content-length|expect|keep-alive|te|transfer-encoding|upgrade)$/i;

/**
 * @param text - one `Name: value` in each line
 * @throws UsageError with the line's number, and nothing of what is in it
 */
export function parseHeaders(text: string): readonly (readonly [name: string, value: string])[] {
  // A mark at the beginning is the editor's.
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      // HTTP/2's own, such as ":authority: shop.example", come along in the same way.
      if (line.trim() === '' || line.startsWith(':')) return [];
      const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError(`Line ${index + 1} of the header file does not have the form "Name: value".`);
      }
      return LEFT_OUT.test(name) ? [] : [[name, value.trim()] as const];
    });
}
