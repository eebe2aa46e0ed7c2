// `npm run docs:tables` writes what is generated into the pages of the documentation. `npm run build` prints the script tags.
import { writeFileSync } from 'node:fs';
import { argv } from 'node:process';
import { composeKnownFindings, PATH } from './known-findings.js';
import { composePackageIndex } from './llms.js';
import { composePage, GENERATED } from './pages.js';
import { composeScriptTags } from './script-tags.js';

if (argv.includes('--print-script-tags')) console.log(composeScriptTags().replace(/^```.*\n/gm, ''));
else {
  for (const name of Object.keys(GENERATED)) {
    const { path, text } = await composePage(name);
    writeFileSync(path, text);
    console.log(`${path}: ${name}`);
  }
  writeFileSync(PATH, await composeKnownFindings());
  console.log(`${PATH}: findings`);
  writeFileSync('docs/llms.txt', composePackageIndex());
}
