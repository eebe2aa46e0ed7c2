// What is wrong with the attributes of the library's own script tag. The messages name attributes, not options, and never
// contain a value.
import { OPTIONS } from '../core/options.js';

/** The attributes, as `dataset` names them. */
const KNOWN = ['key', 'tokenUrl', 'trustedTypesPolicy', 'consent', 'visibility'];
/** Words in names that can only mean the URL of the token endpoint. */
const TOKEN_WORDS = /token|jwt|endpoint/;

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
    if (KNOWN.includes(name)) return [];
    const letters = normalize(name);
    const meant =
      KNOWN.find((known) => isNear(letters, normalize(known), known.length / 3)) ??
      (TOKEN_WORDS.test(letters) ? 'tokenUrl' : undefined);
    const instead = meant ? toAttribute(meant) : Object.hasOwn(OPTIONS, name) && 'createMessenger()';
    return instead ? [`${toAttribute(name)} is unknown. Use ${instead}.`] : [];
  });
}

/** Replaces the names of options by those of attributes. */
export function nameAttributes(message: string): string {
  return message.replace(/\w+/g, (word) => (KNOWN.includes(word) ? toAttribute(word) : word));
}
