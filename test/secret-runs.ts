// Finds short runs of a secret in what the doctor or the command says, and makes secrets that look like no word.
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';

// Nobody may see as many characters in a row of a token, an e-mail or a secret.
const RUN = 6;

function* listRuns(text: string): Iterable<string> {
  for (let at = 0; at + RUN <= text.length; at++) yield text.slice(at, at + RUN);
}

/**
 * Returns `findLeak`, which finds the first six characters in a row of a secret that are also in a text, and the runs of six
 * characters that it ignores.
 *
 * @param folders - the words in the source files there are not secret, because they are in the messages for every token
 */
export function createLeakFinder(folders: readonly string[]) {
  const sources = folders.flatMap((folder) =>
    readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  );
  const ownWords = new Set(sources.flatMap((source) => [...listRuns(source)]));
  const findLeak = (said: string, secrets: readonly string[]): string | undefined => {
    // Lines are wrapped at spaces only, and no secret contains one.
    const runs = new Set(listRuns(said));
    return secrets.flatMap((secret) => [...listRuns(secret)]).find((run) => runs.has(run) && !ownWords.has(run));
  };
  return { findLeak, ownWords };
}

/** Letters with digits between them, unlike any word in a program. */
export const secretText = fc
  .array(fc.tuple(fc.constantFrom(...'QXZqxzJKVjkv'), fc.constantFrom(...'WYPwypBFG'), fc.nat({ max: 9 })), {
    minLength: 3,
    maxLength: 12,
  })
  .map((triples) => triples.flat().join(''));

export const secretEmail = fc.tuple(secretText, secretText).map(([name, host]) => `${name}@${host}.example`);
