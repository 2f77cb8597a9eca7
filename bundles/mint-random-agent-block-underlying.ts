/** Mints with a random agent while refusing deposits on the ledger (DepositAuth): one's own payments must not suffer. */
import type { Actors } from '../support/actors/actors.ts';
import { DEPOSIT_AUTH } from '../support/actors/ledger-flags.ts';
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
  async run(plan, actors) {
    await actors.hands.setLedgerFlag('blocking deposits', DEPOSIT_AUTH, true);
    const seen = await actors.look();
    const current = replanned(plan, seen.market);
    const minted = current && { plan: current, minting: await mint(current, actors) };
    await actors.hands.setLedgerFlag('unblocking deposits', DEPOSIT_AUTH, false);
    const { market } = minted === undefined ? seen : await actors.lookBefore(minted.minting.reservation.block, seen);
    return { market, minted };
  },
  expected: (_view, _plan, { market, minted }) =>
    minted === undefined ? NOTHING_EXPECTED : expectedMintingFrom(market, minted.plan, minted.minting),
});
