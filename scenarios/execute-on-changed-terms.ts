/**
 * Scenario 6: an agent changes its fee or the pool's share of it between a reservation and its execution. What holds is what
 * they were at the reservation.
 */
import type { Actors } from '../support/actors/actors.ts';
import { mintExecutePending } from '../bundles/mint-execute-pending.ts';
import { mintStopBeforeExecution } from '../bundles/mint-stop-before-execution.ts';
import { seeTermsChange } from '../bundles/see-terms-change.ts';
import { activeRecords } from '../support/model/records.ts';
import { CHOICE_MAX, type View } from '../support/sequence/bundle.ts';
import { type Scenario, step } from '../support/sequence/scenario.ts';

const REQUIRED = ['mint-stop-before-execution', 'see-terms-change', 'mint-execute-pending'];

export const executeOnChangedTerms: Scenario<Actors> = {
  name: 'execute-on-changed-terms',
  story:
    'A user reserves and pays a minting with a random agent. The agent changes its fee or the share that its pool gets of it, ' +
    'and the minting is executed then.',
  needs: ['canInjectFaults'],
  draws: 4,
  required: REQUIRED,
  requiredAnywhere: [],
  steps: ({ drawn: [agent = 0, lots = 0, name = 0, value = 0] }) => [
    step(mintStopBeforeExecution, [agent, lots, 0]),
    step(seeTermsChange, [0, 0, value], (view) => ({
      agent: agentOfPending(view),
      name: name < CHOICE_MAX / 2 ? 'feeBIPS' : 'poolFeeShareBIPS',
    })),
    step(mintExecutePending, [0]),
  ],
};

const agentOfPending = ({ user: { records } }: View): string =>
  activeRecords(records).map((id) => records[id]?.['agentVault'] ?? '')[0] ?? '';
