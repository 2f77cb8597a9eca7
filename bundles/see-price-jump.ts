/** Looks on while the price of XRP jumps: by little, by so much that thin vaults are short, or back. */
import type { Actors } from '../support/actors/actors.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { jumpPrice } from './happenings.ts';

interface JumpPlan extends Record<string, string> {
  readonly shiftBips: string;
}

/**
 * From the usual price, in bips of it. Beyond 500 what a minter sends for the reservation fee is too little; beyond 3,333 a
 * vault that backs all it may cannot pay a default alone; at 30,000 not even its pool can pay the rest.
 */
const SHIFTS_BIPS = [-4_000n, -501n, 0n, 0n, 499n, 4_000n, 5_000n, 9_000n, 30_000n] as const;

export const seePriceJump = defineBundle<Actors, JumpPlan, null>({
  name: 'see-price-jump',
  story: 'looks on while the price of XRP jumps by a random amount, or back',
  choices: ['jump'],
  params: ['shiftBips'],
  needs: ['canInjectFaults'],
  isHappening: true,
  arrange: [],
  enabled: () => true,
  resolve: (_view, [jump = 0], { shiftBips = String(choose(SHIFTS_BIPS, jump)) }) => ({ shiftBips }),
  async run({ shiftBips }, actors) {
    await jumpPrice(actors, Number.parseInt(shiftBips, 10));
    return null;
  },
  expected: () => NOTHING_EXPECTED,
});
