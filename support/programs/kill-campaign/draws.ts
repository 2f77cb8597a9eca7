/** What a campaign draws: the same for the same text. */
import { createHash } from 'node:crypto';

/** Whole numbers below a bound, one after the other. */
export function drawsOf(text: string): (below: number) => number {
  let count = 0;
  return (below) => {
    count += 1;
    return createHash('sha256').update(`${text} ${count}`).digest().readUInt32BE(0) % below;
  };
}
