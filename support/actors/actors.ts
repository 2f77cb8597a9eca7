/**
 * actors: one user's roles on the network (minter, redeemer, pool manager), and what their acts cost.
 * Imports readers and what they may import.
 * Never here: formulas, expectations, verdicts.
 */
import type { Market } from '../model/market.ts';
import type { UserState } from '../model/state.ts';
import type { DirectMinter } from './direct-minter.ts';
import type { FaultSwitch } from './fault-switch.ts';
import type { Hands } from './hands.ts';
import type { Minter } from './minter.ts';
import type { PoolManager } from './pool-manager.ts';
import type { Prober } from '../probes/prober.ts';
import type { TagOwner } from './tag-owner.ts';
import type { Redeemer } from './redeemer.ts';

/** Market and user at one block. */
export interface Look {
  readonly market: Market;
  readonly user: UserState;
}

export interface Actors {
  readonly hands: Hands;
  readonly minter: Minter;
  readonly directMinter: DirectMinter;
  readonly tagOwner: TagOwner;
  readonly redeemer: Redeemer;
  readonly poolManager: PoolManager;
  /** Simulates acts of anybody; costs nothing. */
  readonly prober: Prober;
  /** EVM address of the partner, to whom money is handed on; undefined for users without one. */
  readonly partner: string | undefined;
  /** The state at which another transaction of the same step begins. */
  readonly look: () => Promise<Look>;
  /** The state that a transaction in that block met: the last look, or a new one where others acted in between. */
  readonly lookBefore: (block: number, last: Look) => Promise<Look>;
  /** Present on networks that can inject faults; bundles that use it say so in `needs`. */
  readonly faults: FaultSwitch | undefined;
}
