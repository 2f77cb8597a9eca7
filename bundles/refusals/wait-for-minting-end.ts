/** Waits until the agent has ended a reservation that was paid too little for: the minter gets nothing back. */
import { NOTHING_EXPECTED } from '../../support/model/statement.ts';
import type { Actors } from '../../support/actors/actors.ts';
import { defineBundle } from '../../support/sequence/bundle.ts';
import { idOf, underpaid } from './executing.ts';

interface WaitPlan extends Record<string, string> {
  readonly minting: string;
}

export const waitForMintingEnd = defineBundle<Actors, WaitPlan, null>({
  name: 'wait-for-minting-end',
  story: 'waits until the agent has ended a reservation that was paid too little for',
  choices: [],
  // Elsewhere nobody can tell when an agent does so; settling waits for it.
  needs: ['canInjectFaults'],
  arrange: [],
  enabled: (view) => underpaid(view).length > 0 || 'no reservation is paid too little for',
  resolve: (view) => ({ minting: underpaid(view)[0]?.minting ?? '' }),
  async run(plan, { minter }) {
    await minter.awaitEnd(idOf(plan.minting));
    return null;
  },
  // The agent's transaction moves the record, in the background.
  expected: () => NOTHING_EXPECTED,
});
