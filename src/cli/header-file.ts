// Reads additional request headers from a file, such as a visitor's cookie.
import { isHeaderName, isHeaderValue, isIgnoredHeader, type RequestHeader } from '../endpoint-check/request-headers.js';
import { UsageError } from './usage-error.js';

/**
 * @param text - one `Name: value` per line
 * @throws UsageError with the number of the line, but nothing of its content
 */
export function parseHeaders(text: string): readonly RequestHeader[] {
  // Some editors write a byte order mark at the beginning.
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      // HTTP/2 pseudo-headers, such as ":authority: shop.example", are copied along in the same way.
      if (line.trim() === '' || line.startsWith(':')) return [];
      const colon = line.indexOf(':');
      const [name, value] = [line.slice(0, colon), line.slice(colon + 1)];
      if (colon < 0 || !isHeaderName(name) || !isHeaderValue(value)) {
        throw new UsageError(`Line ${index + 1} of the header file does not have the form "Name: value".`);
      }
      return isIgnoredHeader(name) ? [] : [[name, value.trim()] as const];
    });
}
