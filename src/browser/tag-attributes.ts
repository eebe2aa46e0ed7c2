// What is wrong with the attributes of the library's own script tag. The messages name attributes, not options, and never
// contain a value.
import { OPTIONS } from '../core/options.js';

/** The attributes, as `dataset` names them, and how many letters of a misspelt name may be wrong. */
const EDITS = { key: 1, tokenUrl: 2, trustedTypesPolicy: 6, consent: 1, visibility: 3, debug: 1 };
const KNOWN = Object.keys(EDITS) as (keyof typeof EDITS)[];
/** How a name starts that can only mean the URL of the token endpoint. Other tools have names that end with `token`. */
const TOKEN_WORDS = /^(token|jwt|endpoint)/;
/** It is near `consent`, and not meant. */
const CONTENT = 'content';

/** Returns the name of an attribute, from its name in `dataset`. */
const toAttribute = (name: string) => `data-${name.replace(/[A-Z]/g, '-$&').toLowerCase()}`;

/** Returns what makes two names the same: case, hyphens and the name of the product do not count. */
const normalize = (name: string) => name.toLowerCase().replace(/^(zendesk|messenger)|[^a-z]/g, '');

/** Whether at most `edits` letters must be added, removed or replaced. A part of an edit is none. */
const isNear = (a: string, b: string, edits: number): boolean =>
  edits >= 0 &&
  (a === b ||
    (a[0] === b[0]
      ? isNear(a.slice(1), b.slice(1), edits)
      : isNear(a.slice(1), b.slice(1), edits - 1) ||
        isNear(a.slice(1), b, edits - 1) ||
        isNear(a, b.slice(1), edits - 1)));

/**
 * Returns one message for each attribute that looks like one of the library's, but is none. Consent tools, optimizers and
 * frameworks add attributes of their own to any tag. So an attribute that looks like none of the library's is ignored.
 */
export function findWrongAttributes(names: readonly string[]): string[] {
  return names.flatMap((name) => {
    if (Object.hasOwn(EDITS, name)) return [];
    const letters = normalize(name);
    const meant =
      KNOWN.find((known) => letters !== CONTENT && isNear(letters, normalize(known), EDITS[known])) ??
      (TOKEN_WORDS.test(letters) ? 'tokenUrl' : undefined);
    const instead = meant
      ? toAttribute(meant)
      : name === 'nonce'
        ? 'nonce'
        : Object.hasOwn(OPTIONS, name) && 'createMessenger()';
    return instead ? [`${toAttribute(name)} is unknown. Use ${instead}.`] : [];
  });
}

/** Replaces the names of options by those of attributes. */
export function nameAttributes(message: string): string {
  return message.replace(/\w+/g, (word) => (Object.hasOwn(EDITS, word) ? toAttribute(word) : word));
}
