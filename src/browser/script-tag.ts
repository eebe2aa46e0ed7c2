// Creates script tags that work under a strict CSP: with the nonce and with a URL from a Trusted Types policy.
import { NAME } from './console.js';

/** The URL of Zendesk's snippet, without the key at the end. */
export const SNIPPET = 'https://static.zdassets.com/ekr/snippet.js?key=';

interface Policy {
  createScriptURL(url: string): string;
}

/**
 * Creates a script tag and does not insert it.
 *
 * @throws TypeError if the page's CSP does not allow the policy or the URL
 */
export type CreateTag = (src: string) => HTMLScriptElement;

/**
 * @param nonce - the CSP nonce, or an empty string or `undefined` for none
 * @param policyName - the name of the Trusted Types policy, in browsers that support Trusted Types
 * @param ownUrls - the URLs of the library's other scripts in the script-tag build
 */
export function createTagFactory(
  nonce: string | undefined,
  policyName: string | undefined,
  ownUrls: readonly (string | undefined)[] | undefined,
): CreateTag {
  const policyRules: Policy = {
    createScriptURL: (url) => (url.startsWith(SNIPPET) || ownUrls?.includes(url) ? url : ''),
  };
  // A policy can be created only once per page. So it is stored on the global object, where another messenger or another
  // copy of this library finds it. This is safe, because the policy allows only our own URLs.
  const policyKey = Symbol.for(NAME + policyName);
  return (src) => {
    const page = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } } & {
      [slot: symbol]: Policy;
    };
    const tag = document.createElement('script');
    if (nonce) tag.nonce = nonce;
    const policy =
      policyName && page.trustedTypes
        ? (page[policyKey] ??= page.trustedTypes.createPolicy(policyName, policyRules))
        : policyRules;
    tag.src = policy.createScriptURL(src);
    return tag;
  };
}
