/**
 * Scenario 5: a vault that is short. All that the smallest agent can back is minted and redeemed, the agent does not pay, the
 * price rises, and the redeemer is paid what the vault has for it and the rest from the pool: by a small rise all that the vault
 * lacks, by a large one as much as the pool may pay.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintSpecificAgent } from '../bundles/mint-specific-agent.ts';
import { poolEnter } from '../bundles/pool-enter.ts';
import { redeemDefault } from '../bundles/redeem-default.ts';
import { redeemUnpaid } from '../bundles/redeem-unpaid.ts';
import { seePriceJump } from '../bundles/see-price-jump.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { type Scenario, between, step } from '../support/sequence/scenario.ts';
import { smallestAgent } from './agents.ts';

const REQUIRED = ['mint-specific-agent', 'pool-enter', 'redeem-unpaid', 'see-price-jump', 'redeem-default'];

/** `riseBips` is counted from the usual price. */
const defaultOfShortVault = (name: string, riseBips: bigint, rest: string): Scenario<Actors> => ({
  name,
  story:
    'A user mints all that the agent of the smallest vault can back, enters its pool and redeems all or some of it. The agent ' +
    `does not pay, the price of XRP rises, and the vault is short: ${rest}.`,
  needs: ['canInjectFaults'],
  draws: 2,
  required: REQUIRED,
  requiredAnywhere: [],
  steps: ({ drawn: [entry = 0, part = 0] }) => [
    step(mintSpecificAgent, [CHOICE_MAX], (view) => ({ agent: smallestAgent(view) })),
    step(poolEnter, [0, between(0, CHOICE_MAX / 100, entry)], (view) => ({ pool: smallestAgent(view) })),
    step(redeemUnpaid, [between(CHOICE_MAX / 2, CHOICE_MAX, part), 0]),
    step(seePriceJump, [0], () => ({ shiftBips: String(riseBips) })),
    step(redeemDefault, [0]),
  ],
});

export const defaultFromVaultAndPool = defaultOfShortVault(
  'default-from-vault-and-pool',
  4_000n,
  'the pool pays the rest',
);
export const defaultBeyondThePool = defaultOfShortVault(
  'default-beyond-the-pool',
  30_000n,
  'the pool pays as much as it may, which is less than the rest',
);
