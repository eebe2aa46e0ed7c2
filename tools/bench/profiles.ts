/** How far everything is away. */
export interface Profile {
  readonly name: string;
  /** A round trip to any server, milliseconds. */
  readonly roundTripMs: number;
  /** What the token endpoint takes besides, milliseconds. */
  readonly endpointMs: number;
}

export const PROFILES: readonly Profile[] = [
  { name: 'fast', roundTripMs: 20, endpointMs: 0 },
  { name: 'typical', roundTripMs: 80, endpointMs: 150 },
  { name: 'slow', roundTripMs: 400, endpointMs: 1200 },
  { name: 'slow endpoint', roundTripMs: 80, endpointMs: 4600 },
];
