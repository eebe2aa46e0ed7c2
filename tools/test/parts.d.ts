export interface Part {
  /** The npm script. */
  readonly name: string;
  readonly sets: readonly string[];
  /** The parts that must have passed before it starts. */
  readonly after?: string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** @param set - `quick`, `rest` or `all` */
export function findParts(set: string): Part[];
