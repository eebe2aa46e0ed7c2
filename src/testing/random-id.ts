/** An id like Zendesk's: hex digits. Random, so that a visitor stored by an earlier run of a backend is unknown to the next. */
export function randomId(bytes = 12): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
