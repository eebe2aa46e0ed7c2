import type { Size } from './measure.js';

export interface Row extends Size {
  readonly version: string;
  readonly dependencies: number;
}

export interface ListedPeers {
  /** `2026-01-31`, or undefined where none were ever written. */
  readonly date: string | undefined;
  readonly rows: readonly (readonly string[])[];
  readonly checksum: string | undefined;
}

export function composeTexts(
  entries: Readonly<Record<string, Row>>,
  peers: ListedPeers,
): Promise<Record<string, string>>;
export function listPeers(peers: Readonly<Record<string, Row>>, date: string): ListedPeers;
export function takeChecksum(peers: Pick<ListedPeers, 'date' | 'rows'>): string;
export function readPeers(readme: string): ListedPeers;
export function readTexts(readme: string): Record<string, string>;
export function writeTexts(readme: string, texts: Readonly<Record<string, string>>): string;
export function findStale(readme: string, texts: Readonly<Record<string, string>>): string[];
