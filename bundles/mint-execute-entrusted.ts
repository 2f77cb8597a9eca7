/** Executes a paid minting of somebody else who has named the user as executor: the fee is the user's, the FAssets are not. */
import type { Actors } from '../support/actors/actors.ts';
import type { ExecutedMinting } from '../support/actors/minter.ts';
import { idOf } from '../support/model/records.ts';
import type { RecordId } from '../support/model/state.ts';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { executorEndStates } from '../support/model/states.ts';
import { choose, defineBundle } from '../support/sequence/bundle.ts';
import { entrustedFields, entrustedMintings, ownFee } from './executors.ts';
import { claim } from './movements.ts';

interface EntrustedPlan extends Record<string, string> {
  readonly minting: RecordId;
  readonly paymentHash: string;
}

export const mintExecuteEntrusted = defineBundle<Actors, EntrustedPlan, ExecutedMinting | undefined>({
  name: 'mint-execute-entrusted',
  story: 'executes, as the executor, a random minting that somebody else has paid',
  choices: ['minting'],
  arrange: ['mint-stop-before-execution'],
  triedByPartner: true,
  reachesPartner: true,
  enabled: (view) => entrustedMintings(view).length > 0 || 'nobody has entrusted the user with a paid minting',
  resolve(view, [choice = 0]) {
    const { record, paymentHash = '' } = choose(entrustedMintings(view), choice);
    return { minting: record, paymentHash };
  },
  run: ({ minting, paymentHash }, { minter }) => minter.executeIfOpen(idOf(minting), paymentHash),
  expected(view, { minting }, executed) {
    if (executed === undefined) return NOTHING_EXPECTED;
    const fields = entrustedFields(view, minting);
    const { executor, valueUba = '0', feeUba = '0' } = fields;
    return {
      movements: ownFee(minting, fields, executor),
      records: {},
      claims: [
        claim('MintingExecuted mintedAmountUBA', valueUba, executed.mintedUba),
        claim('MintingExecuted fees', feeUba, executed.agentFeeUba + executed.poolFeeUba),
      ],
      reached: executorEndStates('execute', fields, executor),
    };
  },
});
