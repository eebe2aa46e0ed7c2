// What is read off a count of requests per second.

/** In requests per second. Instants are seconds since the start. */
export function meanRate(requests: Uint32Array, fromS: number, untilS: number): number {
  return sum(requests, fromS, untilS) / (untilS - fromS);
}

/** The same in the busiest window of that length. */
export function peakRate(requests: Uint32Array, fromS: number, untilS: number, windowS: number): number {
  let peak = 0;
  for (let s = fromS; s + windowS <= untilS; s += windowS) peak = Math.max(peak, meanRate(requests, s, s + windowS));
  return peak;
}

function sum(requests: Uint32Array, fromS: number, untilS: number): number {
  let total = 0;
  for (let s = fromS; s < untilS; s++) total += requests[s]!;
  return total;
}
