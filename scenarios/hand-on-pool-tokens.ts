/**
 * Scenario 2: enter a pool, wait out the timelock, transfer debt-free pool tokens to the partner, who exits with them. Told
 * twice: in a pool without fees, where all tokens are free of debt, and in one whose fees came before and after the entry.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import { poolEnter } from '../bundles/pool-enter.ts';
import { poolExit } from '../bundles/pool-exit.ts';
import { poolTransfer } from '../bundles/pool-transfer.ts';
import { waitForTimelock } from '../bundles/wait-for-timelock.ts';
import { CHOICE_MAX, type View, choose } from '../support/sequence/bundle.ts';
import type { Cast, Scenario } from '../support/sequence/scenario.ts';
import { between, step } from '../support/sequence/scenario.ts';

const ENTERING = ['pool-enter', 'wait-for-timelock'];
const HANDING_ON = [...ENTERING, 'pool-transfer', 'pool-exit'];

export const handOnPoolTokens: Scenario<Actors> = {
  name: 'hand-on-pool-tokens',
  story:
    'A user enters a random pool with a random amount, waits until the tokens are free and transfers those without fee debt ' +
    '(at most as many as were received) to the partner, who exits with all of them.',
  draws: 2,
  required: HANDING_ON,
  requiredAnywhere: ENTERING,
  steps: (cast) => tell(cast, []),
};

export const handOnPoolTokensWithDebt: Scenario<Actors> = {
  name: 'hand-on-pool-tokens-with-debt',
  story:
    'The same in a pool that holds fees already: the entry makes a fee debt that locks the tokens. A minting with the agent ' +
    'while the user waits frees some of them, and just those are transferred.',
  draws: 4,
  required: [
    'mint-specific-agent',
    'pool-enter',
    'mint-specific-agent',
    'wait-for-timelock',
    'pool-transfer',
    'pool-exit',
  ],
  requiredAnywhere: ['mint-specific-agent', 'pool-enter', 'mint-specific-agent', 'wait-for-timelock'],
  steps({ drawn: [pool = 0, entry = 0, ...lots], ...cast }) {
    // Both mintings must be possible, and the second one's fees large enough to free tokens of the entry.
    const drawn = [pool, between(CHOICE_MAX / 2, CHOICE_MAX, entry)];
    return tell(
      { ...cast, drawn },
      lots.map((choice) => between(CHOICE_MAX / 8, CHOICE_MAX / 3, choice)),
    );
  },
};

/** `mintings`: lots to mint before and after the entry, as choices; none for a pool without fees. */
function tell({ partner, partnerAddress, drawn, mostGiven }: Cast, mintings: readonly number[]) {
  const [pool = 0, drawnEntry = 0] = drawn;
  const entry = between(0, mostGiven, drawnEntry);
  let vault = '';
  let heldBefore = 0n;
  const held = (view: View): bigint => view.user.pools[vault]?.holding.tokensWei ?? 0n;
  const chosen = (view: View): { vault: string } => choose(view.market.agents, pool);
  const [before, after] = mintings.map((lots) => [
    step(mintSpecificAgent, [lots], (view) => ({ agent: chosen(view).vault })),
  ]);
  return [
    ...(before ?? []),
    step(poolEnter, [0, entry], (view) => {
      ({ vault } = chosen(view));
      heldBefore = held(view);
      return { pool: vault };
    }),
    ...(after ?? []),
    step(waitForTimelock, []),
    step(poolTransfer, [], (view) => ({
      pool: vault,
      to: partnerAddress,
      tokens: String(held(view) - heldBefore),
    })),
    { by: partner, decide: step(poolExit, [0, CHOICE_MAX], () => ({ pool: vault })) },
  ];
}
