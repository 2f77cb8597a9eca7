/**
 * Mints with a random agent while refusing deposits on the ledger (DepositAuth), which must not affect one's own payments.
 */
import type { Actors } from '../support/actors/actors.ts';
import type { Market } from '../support/model/market.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { defineBundle } from '../support/sequence/bundle.ts';
import {
  type MintPlan,
  type ObservedMinting,
  expectedMintingFrom,
  mint,
  replanned,
  withRandomAgent,
} from './minting.ts';
import { refusingDeposits } from './refusing-deposits.ts';

interface ObservedBlockedMinting {
  /** Just before the reservation, since blocking takes a while. */
  readonly market: Market;
  /** What was minted; nothing when others took the agent's last lots meanwhile. */
  readonly minted: { readonly plan: MintPlan; readonly minting: ObservedMinting } | undefined;
}

export const mintRandomAgentBlockUnderlying = defineBundle<Actors, MintPlan, ObservedBlockedMinting>({
  name: 'mint-random-agent-block-underlying',
  story: 'blocks deposits on the ledger, mints with a random agent, unblocks',
  ...withRandomAgent,
  run(plan, actors) {
    return refusingDeposits(actors.hands, async () => {
      const seen = await actors.look();
      const current = replanned(plan, seen.market);
      if (current === undefined) return { market: seen.market, minted: undefined };
      const minting = await mint(current, actors);
      const { market } = await actors.lookBefore(minting.reservation.block, seen);
      return { market, minted: { plan: current, minting } };
    });
  },
  expected: (_view, _plan, { market, minted }) =>
    minted === undefined ? NOTHING_EXPECTED : expectedMintingFrom(market, minted.plan, minted.minting),
});
