import type { Plugin } from 'rollup';

export const OWN_WORDS: string[];
export function findOwnNames(): string[];
export function chooseShortNames(code: string): Record<string, string>;
export function shortenNames(): Plugin;
