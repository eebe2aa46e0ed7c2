import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const moduleStyle = [
  { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  { selector: 'ExportDefaultDeclaration', message: 'Use a named export.' },
  { selector: 'ExportSpecifier[exported.name="default"]', message: 'Use a named export.' },
];

const dateWithoutInstant = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Take the instant as an argument.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'Take the instant as an argument.' },
];

export default defineConfig(
  globalIgnores(['build/', 'coverage/', 'dist/', 'docs/api/', 'docs/.vitepress/cache/', 'test/consumers/fixtures/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', ...moduleStyle],
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      // Objects here are made by factories and closures: their methods know no `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      // An async function without await turns what it throws into a rejection.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-expressions': ['error', { allowShortCircuit: true, allowTernary: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // The compiler knows the names of a .ts file; these run in Node or, in examples, in a page, and are run by tests.
    files: ['**/*.js'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['src/**'],
    ignores: ['src/browser/console.ts', 'src/server/console.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    // Same state, same event, same instant, same answer: time and chance come in as arguments.
    files: ['src/core/**', 'src/driver.ts', 'src/ports.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'performance', message: 'Take the instant as an argument.' }],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the instant as an argument.' },
        { object: 'Math', property: 'random', message: 'Take the random number as an argument.' },
      ],
      'no-restricted-syntax': ['error', ...moduleStyle, ...dateWithoutInstant],
    },
  },
  {
    // Tests hand over wrong values on purpose and look at whatever comes back.
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    // The tools ask for a default export there.
    files: ['*.config.*', '.size-limit.js', 'docs/.vitepress/**'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
