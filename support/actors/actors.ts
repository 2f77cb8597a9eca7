/** What a bundle acts with: one user's roles on the network. */
import type { Informer } from './informer.ts';
import type { Minter } from './minter.ts';
import type { Redeemer } from './redeemer.ts';

export interface Actors {
  readonly minter: Minter;
  readonly redeemer: Redeemer;
  readonly informer: Informer;
}
