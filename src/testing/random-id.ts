/**
 * Returns an id of hex digits, like Zendesk's. It is random, so a visitor that the browser has stored from an earlier
 * run of a backend is unknown to the next run.
 */
export function randomId(bytes = 12): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
