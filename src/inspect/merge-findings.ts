// Joins the findings of inspectToken and checkSignature about the same token.
import type { Finding } from '../core/findings.js';
import { sortFindings } from './catalogue.js';

/**
 * Joins the findings of `inspectToken` and `checkSignature` about the same token, with one finding for one cause and the
 * most important one first. Does not change the lists, and never throws. What the secret shows replaces what could only be guessed without it, and a wrong
 * signature keeps what it looks like. A `kid` that is the secret is not called unusual, too. A third part that only looks
 * like a secret is another signature.
 *
 * @param inspected - what inspectToken returned
 * @param checked - what checkSignature returned
 */
export function mergeFindings(inspected: readonly Finding[], checked: readonly Finding[]): Finding[] {
  const rest = inspected.filter((finding) => !checked.some((known) => explains(known, finding)));
  const merged = checked.map((finding) => {
    const looks = inspected.find(({ code }) => code === 'signature_invalid' && code === finding.code);
    return looks ? joinFindings(looks, finding) : finding;
  });
  return sortFindings([...rest, ...merged]);
}

/** Whether the finding that was made with the secret makes the other one superfluous. */
function explains(known: Finding, { code, part }: Finding): boolean {
  if (known.code === code) return true;
  if (known.part !== part || known.code === 'signature_not_checked') return false;
  if (part === 'signature') return code === 'secret_exposed';
  return code === 'kid_unusual' && isExposedKid(known);
}

function joinFindings(looks: Finding, known: Finding): Finding {
  return { ...known, message: `${looks.message} ${known.message}`, remedy: `${looks.remedy} ${known.remedy}` };
}

// The secret may also be in another parameter of the header.
const isExposedKid = ({ code, message }: Finding) => code === 'secret_exposed' && message.startsWith('kid');
