// `npm run facts` lists the facts of docs/messenger.md to which no code, test or page refers.
import { readFileSync } from 'node:fs';
import { CHAPTER, findUnusedFacts, readAllReferences, readFacts } from '../../test/docs/read-facts.js';

const facts = readFacts(readFileSync(CHAPTER, 'utf8'));
const unused = findUnusedFacts(readAllReferences(), facts);
for (const { number, mark, text } of unused) console.log(`${number} (${mark}): ${text.slice(0, 100)}…`);
console.log(`Nothing refers to ${unused.length} of ${facts.length} facts.`);
