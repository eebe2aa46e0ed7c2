// Headers that are added to the requests, such as a visitor's cookie.

export type RequestHeader = readonly [name: string, value: string];

const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
// Headers for the connection or the body. They are ignored, because people copy them along with the others from a
// browser or a request.
const IGNORED = /^(?:accept-encoding|connection|content-length|expect|keep-alive|te|transfer-encoding|upgrade)$/i;

/** Whether HTTP allows a header with this name. */
export function isHeaderName(name: string): boolean {
  return NAME.test(name);
}

/** Whether HTTP allows a header with this value. */
export function isHeaderValue(value: string): boolean {
  return VALUE.test(value);
}

/** Whether the header is about the connection or the body, so that it must not be sent. */
export function isIgnoredHeader(name: string): boolean {
  return IGNORED.test(name);
}
