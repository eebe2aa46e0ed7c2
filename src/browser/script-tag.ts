// Creates script tags that work under a strict CSP: with the nonce and with a URL from a Trusted Types policy.
import { NAME } from './console.js';

/** The URL of Zendesk's snippet, without the key at the end. */
export const SNIPPET = 'https://static.zdassets.com/ekr/snippet.js?key=';

interface Policy {
  createScriptURL(url: string): string;
}

/** @throws TypeError if the page's CSP does not allow the policy or the URL */
export type CreateTag = (src: string) => HTMLScriptElement;

/**
 * @param policyName - the name of the Trusted Types policy, in browsers that support Trusted Types
 * @param doctor - the URL of the token doctor's script in the script-tag build
 */
export function createTagMaker(
  nonce: string | undefined,
  policyName: string | undefined,
  doctor: string | undefined,
): CreateTag {
  const rules: Policy = { createScriptURL: (url) => (url.startsWith(SNIPPET) || url === doctor ? url : '') };
  // A policy can be created only once per page. Another messenger, or another copy of this library, uses the policy of
  // the first one. It can be stored on the global object, because it allows only our own two URLs.
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
