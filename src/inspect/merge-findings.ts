// Joins the findings of inspectToken and checkSignature about the same token.
import type { Finding } from '../core/findings.js';
import { sortFindings } from './catalogue.js';

/**
 * Joins both lists, with one finding for one cause: what the secret shows replaces what could only be guessed without it,
 * if both have the same code. A `kid` that is the secret is not called unusual, too.
 *
 * @param inspected - what inspectToken returned
 * @param checked - what checkSignature returned
 */
export function mergeFindings(inspected: readonly Finding[], checked: readonly Finding[]): Finding[] {
  const isKnown = ({ code, part }: Finding) =>
    checked.some(
      (other) => other.code === code || (code === 'kid_unusual' && isExposure(other) && other.part === part),
    );
  return sortFindings([...inspected.filter((finding) => !isKnown(finding)), ...checked]);
}

const isExposure = ({ code }: Finding) => code === 'secret_exposed';
