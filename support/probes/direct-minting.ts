/** Probes of direct mintings: payments to the core vault that mint without a reservation (v1.3). */
import { concat } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { act, at } from './acts.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { EXECUTOR, STRANGER, USER } from './people.ts';
import { type Must, type Probe, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { type Fields, addressHash, xrpPaymentProof, OTHER_SOURCE } from './proofs.ts';
import type { Call } from './simulation.ts';

/** First bytes of memos (protocol facts): for one account, for an account with an executor, a redemption's. */
const [TO_ACCOUNT, WITH_EXECUTOR, REDEMPTION] = ['0x4642505266410018', '0x4642505266410021', '0x4642505266410002'];

const tells = (event: string): Must => ({ kind: 'tells', event, contract: assetManagerInterface });
const EXECUTED = tells('DirectMintingExecuted');

export async function directMinting(prober: Prober, facts: Facts, _agent: AgentFacts): Promise<Probe[]> {
  if (!has(facts, 'executeDirectMinting')) return [];
  const view = async (name: string) =>
    (await prober.view(facts, facts.contracts.assetManager, assetManagerInterface, name))[0];
  const to: string = await view('directMintingPaymentAddress');
  const donationTag: bigint = await view('getCoreVaultDonationTag');
  const othersAfterS: bigint = await view('getDirectMintingOthersCanExecuteAfterSeconds');
  const lotUba = BigInt(facts.settings['lotSizeAMG']) * BigInt(facts.settings['assetMintingGranularityUBA']);
  const paid = {
    from: 'rProbeMinter',
    to,
    amountUba: lotUba,
    reference: `${TO_ACCOUNT}${USER.slice(2).padStart(48, '0')}`,
    block: facts.clock.block,
    timeS: facts.clock.timestampS,
  };
  const executing = (fields: Fields, from = STRANGER): Call =>
    act(facts, from, 'executeDirectMinting', [xrpPaymentProof(facts, paid, fields)]);
  const execute = (name: string, must: Must, fields: Fields = {}, from = STRANGER, verified = false): Probe => ({
    name: `executeDirectMinting ${name}`,
    must,
    play: { before: [], verified, act: executing(fields, from) },
  });
  const response = (of: Record<string, unknown>): Fields => ({ response: of });
  const withExecutor = (blockTimestamp: bigint) =>
    response({ firstMemoData: concat([WITH_EXECUTOR ?? '', USER, EXECUTOR]), blockTimestamp });
  const { timestampS } = facts.clock;
  return [
    execute('by anybody', EXECUTED),
    execute('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), {}, STRANGER, true),
    execute('with a payment on another chain', refused('InvalidChain'), { source: OTHER_SOURCE }),
    execute("with somebody else's proof", refused('OnlyProofOwner'), { request: { proofOwner: USER } }),
    execute('with a failed payment', refused('PaymentFailed'), response({ status: 1n })),
    execute(
      'with a payment to somebody else',
      refused('InvalidReceivingAddress'),
      response({ receivingAddressHash: addressHash('rProbeSomebody') }),
    ),
    execute('with a payment of nothing', refused('AmountNotPositive'), response({ receivedAmount: 0n })),
    execute(
      'with a donation',
      refused('PaymentIsCoreVaultDonation'),
      response({ hasDestinationTag: true, destinationTag: donationTag }),
    ),
    execute(
      "with a redemption's payment",
      refused('ForbiddenPaymentReference'),
      response({ firstMemoData: `${REDEMPTION}${'1'.padStart(48, '0')}` }),
    ),
    {
      name: 'executeDirectMinting with native coin besides',
      must: refused('NoValueExpected'),
      play: { before: [], act: { ...executing({}), valueWei: 1n } },
    },
    {
      name: 'executeDirectMinting twice with one payment',
      must: refused('PaymentAlreadyConfirmed'),
      play: { before: [executing({})], act: executing({}) },
    },
    execute('by the executor that it names', EXECUTED, withExecutor(timestampS), EXECUTOR),
    execute('by another than it names', refused('InvalidExecutor'), withExecutor(timestampS)),
    execute(
      "by others one second before the executor's time is over",
      refused('InvalidExecutor'),
      withExecutor(timestampS - othersAfterS + 1n),
    ),
    execute("by others when the executor's time is over", EXECUTED, withExecutor(timestampS - othersAfterS)),
    ...(await delays(facts, view, executing)),
  ];
}

async function delays(
  facts: Facts,
  view: (name: string) => Promise<bigint>,
  executing: (fields: Fields) => Call,
): Promise<Probe[]> {
  const largeUba = await view('getDirectMintingLargeMintingThresholdUBA');
  const delayS = await view('getDirectMintingLargeMintingDelaySeconds');
  const startS = facts.timeS + 10n;
  const large = executing({ response: { receivedAmount: largeUba } });
  const again = (name: string, must: Must, atS: bigint): Probe => ({
    name: `executeDirectMinting of a large amount ${name}`,
    must,
    play: { before: [at(startS, large)], act: at(atS, large) },
  });
  return [
    {
      name: 'executeDirectMinting of a large amount',
      must: tells('LargeDirectMintingDelayed'),
      play: { before: [], act: large },
    },
    again('one second before its delay is over', refused('DirectMintingStillDelayed'), startS + delayS - 1n),
    again('when its delay is over', EXECUTED, startS + delayS),
  ];
}
