// The parts of the test suite, each an npm script, in the order in which they start. `npm test` runs the quick ones.
const PARTS = [
  { name: 'build', sets: ['quick', 'all'] },
  { name: 'test:unit', sets: ['quick', 'all'], after: ['build'], args: ['--typecheck.enabled=false'] },
  { name: 'test:stories', sets: ['quick', 'all'], after: ['build'] },
  { name: 'lint', sets: ['quick', 'all'] },
  { name: 'check:types', sets: ['quick', 'all'] },
  { name: 'test:lives', sets: ['quick'], env: { LIVES: process.env['LIVES'] ?? '1000' } },
  { name: 'check:format', sets: ['quick', 'all'] },
  { name: 'check:package', sets: ['quick', 'all'], after: ['build'] },
  { name: 'size', sets: ['quick', 'all'], after: ['build'] },
  { name: 'test:browsers', sets: ['rest', 'all'], after: ['build'], args: ['--exclude', '**/chromium-stories.test.ts'] },
  { name: 'test:package', sets: ['rest', 'all'], after: ['build'] },
  { name: 'test:lives', sets: ['rest', 'all'] },
  { name: 'test:types', sets: ['rest', 'all'] },
  { name: 'docs', sets: ['rest', 'all'], after: ['build'] },
];

export const findParts = (set) => PARTS.filter(({ sets }) => sets.includes(set));
