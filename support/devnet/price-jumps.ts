/**
 * Lets the price of XRP jump on a devnet while that fault is on: up, down and back, one jump every voting round. Off, it
 * changes nothing; a price stays as the last jump left it.
 */
import type { Clock } from './clock.ts';
import type { FeedPrice, ProtocolDeployment } from './deploy/deployment.ts';

export interface PriceFaults {
  /** How far a jump leads from the usual price, in bips of it. */
  jumpBips?: bigint;
}

export interface PriceJumpOptions {
  readonly clock: Clock;
  readonly protocol: Pick<ProtocolDeployment, 'setPrice'>;
  readonly usual: FeedPrice;
  readonly everyS: number;
  readonly faults: PriceFaults;
}

const BIPS_ONE = 10_000n;
const DIRECTIONS = [1n, -1n, 0n];

/** So many bips of it above (or below) the usual price, rounded down. */
export const shiftedPrice = (usual: FeedPrice, shiftBips: bigint): FeedPrice => ({
  ...usual,
  value: (usual.value * (BIPS_ONE + shiftBips)) / BIPS_ONE,
});

/** Registers with the clock. */
export function letPricesJump({ clock, protocol, usual, everyS, faults }: PriceJumpOptions): void {
  const run = async (atS: number): Promise<void> => {
    if (faults.jumpBips === undefined) return;
    const direction = DIRECTIONS[Math.floor(atS / everyS) % DIRECTIONS.length] ?? 0n;
    await protocol.setPrice('testXRP', shiftedPrice(usual, direction * faults.jumpBips));
  };
  clock.every({ name: 'prices', intervalS: everyS, firstAtS: clock.nowS() + everyS, run });
}
