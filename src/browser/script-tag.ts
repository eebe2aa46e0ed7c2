// A script tag as a strict page wants it: with the nonce, and with an address that a Trusted Types policy lets through.
import { NAME } from './console.js';

/** Zendesk's snippet; the key follows. */
export const SNIPPET = 'https://static.zdassets.com/ekr/snippet.js?key=';

interface Policy {
  createScriptURL(url: string): string;
}

/** @throws TypeError where the page's policy does not let it */
export type CreateTag = (src: string) => HTMLScriptElement;

/**
 * @param policyName - of the Trusted Types policy, in browsers that have them
 * @param doctor - the address of the token doctor, where that is a script
 */
export function createTagMaker(
  nonce: string | undefined,
  policyName: string | undefined,
  doctor: string | undefined,
): CreateTag {
  const rules: Policy = { createScriptURL: (url) => (url.startsWith(SNIPPET) || url === doctor ? url : '') };
  // A name may be taken once in a page, so whoever comes next uses the policy of the first: another messenger, or another
  // copy of this library. It may lie open, because it lets nothing through but our own two addresses.
  const slot = Symbol.for(NAME + policyName);
  return (src) => {
    const page = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } } & {
      [slot: symbol]: Policy;
    };
    const tag = document.createElement('script');
    if (nonce) tag.nonce = nonce;
    const policy =
      policyName && page.trustedTypes ? (page[slot] ??= page.trustedTypes.createPolicy(policyName, rules)) : rules;
    tag.src = policy.createScriptURL(src);
    return tag;
  };
}
