// The ids of the users in the backend of a page.
import { sha256 } from '@noble/hashes/sha2.js';

/**
 * Returns an id like Zendesk's: 24 hex digits. The same user has the same id in every tab and after every page load. Each tab
 * has a backend of its own, but all tabs share the storage with the id: another id there means another user.
 */
export function createUserId(externalId: string): string {
  const digest = sha256(new TextEncoder().encode(externalId)).slice(0, 12);
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
