// A reporter for Stryker. `npm run mutate` fails if a mutant survives that equivalent-mutants.json does not list with the
// reason, or if a listed one does not survive.
import { readFileSync } from 'node:fs';

const LISTED = JSON.parse(readFileSync('test/mutants/equivalent-mutants.json', 'utf8'));

function checkSurvivors({ files }) {
  const faults = Object.entries(files).flatMap(([file, { source, mutants }]) => {
    const listed = LISTED[file] ?? [];
    const survivors = mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map((mutant) => describe(source, mutant));
    const isSame = (entry, { mutant, line }) => entry.mutant === mutant && line.startsWith(entry.in ?? '');
    return [
      ...survivors
        .filter((survivor) => !listed.some((entry) => isSame(entry, survivor)))
        .map(({ mutant, line }) => `Survived: ${file}: ${mutant}\n  in: ${line}`),
      ...listed
        .filter((entry) => !survivors.some((survivor) => isSame(entry, survivor)))
        .map(({ mutant }) => `Listed, but did not survive: ${file}: ${mutant}`),
    ];
  });
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}

/** Returns the mutant's text instead of its position, because the lines above it may change. */
function describe(source, { location: { start, end }, replacement }) {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const line = lines[0].trim();
  lines.push(lines.pop().slice(0, end.column - 1));
  lines[0] = lines[0].slice(start.column - 1);
  return { mutant: `${lines.join(' ')} => ${replacement}`.replace(/\s+/g, ' '), line };
}

export const strykerPlugins = [
  { kind: 'Reporter', name: 'survivors', factory: () => ({ onMutationTestReportReady: checkSurvivors }) },
];
