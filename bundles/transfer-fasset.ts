/** Hands a random amount of FAssets on to the partner. */
import type { Actors } from '../support/actors/actors.ts';
import { type View, chooseAmount, defineBundle } from '../support/sequence/bundle.ts';
import { own } from './movements.ts';

interface TransferPlan extends Record<string, string> {
  readonly amountUba: string;
}

export const transferFasset = defineBundle<Actors, TransferPlan, null>({
  name: 'transfer-fasset',
  story: 'hands a random amount of FAssets on to the partner',
  choices: ['amount'],
  arrange: ['mint-random-agent'],
  reachesPartner: true,
  enabled: (view) => held(view) > 0n || 'the user holds no FAssets',
  resolve: (view, [amount = 0]) => ({ amountUba: String(chooseAmount(1n, held(view), amount)) }),
  async run({ amountUba }, { hands, partner }) {
    if (partner === undefined) throw new Error('there is no partner to hand FAssets on to');
    await hands.transferToken('transfer of FAssets', hands.contracts.fAsset, partner, BigInt(amountUba));
    return null;
  },
  // What the partner gets is computed from the transaction (support/model/foreign-calls.ts).
  expected: (_view, { amountUba }) => ({
    movements: [own('fAsset', -BigInt(amountUba), 'handed on to the partner')],
    records: {},
    claims: [],
  }),
});

const held = (view: View): bigint => view.user.balances['fAsset'] ?? 0n;
