import type { Plugin } from 'rollup';

export function findOwnNames(): string[];
export function shortenNames(): Plugin;
