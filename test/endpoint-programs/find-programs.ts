// Finds the languages on this machine, and says what to install if one is missing.
import { spawnSync } from 'node:child_process';
import type { Program } from './programs.js';

export interface FoundProgram extends Program {
  /** The one of its executables that passed the probe. */
  readonly executable: string;
}

export interface FoundPrograms {
  readonly found: readonly FoundProgram[];
  /** What to tell if a language is missing: one line. */
  readonly notRun: string | undefined;
}

export function findPrograms(programs: readonly Program[]): FoundPrograms {
  const found: FoundProgram[] = [];
  const missing: Program[] = [];
  for (const program of programs) {
    const executable = program.executables.find((name) => passesProbe(program, name));
    if (executable === undefined) missing.push(program);
    else found.push({ ...program, executable });
  }
  if (missing.length === 0) return { found, notRun: undefined };
  const names = missing.map(({ name }) => name).join(', ');
  const packages = [...new Set(missing.flatMap((program) => program.packages.split(' ')))].join(' ');
  return {
    found,
    notRun: `endpoint tests not run in ${names}: not installed. Install with: apt-get install ${packages}`,
  };
}

function passesProbe({ probe, environment }: Program, executable: string): boolean {
  return probe(executable).every(([name, ...args]) => {
    const { status } = spawnSync(name, args, { stdio: 'ignore', env: { ...process.env, ...environment } });
    return status === 0;
  });
}
