/** Probes of an open reservation: who may end it, with which proof, at which edge (protocol facts 2). */
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { GWEI, MUCH_WEI, type Reserved, act, reserved } from './acts.ts';
import { call, word } from './calls.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { EXECUTOR, OTHER_LEDGER_ADDRESS, STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import {
  type Fields,
  addressHash,
  OTHER_SOURCE,
  nonPaymentProof,
  otherBytes,
  paymentProof,
  transactionOf,
} from './proofs.ts';
import { withoutPayment } from './without-payment.ts';

export async function openReservation(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const reservation = await reserved(prober, facts, agent);
  const { assetManager } = facts.contracts;
  const [feeWei] = await prober.view(facts, assetManager, assetManagerInterface, 'collateralReservationFee', [1n]);
  return [
    ...executions(facts, reservation),
    ...executorFees(facts, reservation, MUCH_WEI - BigInt(feeWei)),
    ...closedPayments(facts, reservation),
    ...defaults(facts, reservation),
    ...withoutPayment(facts, reservation, 'unstickMinting', 'CannotUnstickMintingYet', 10n ** 27n),
  ];
}

interface Deviation {
  readonly fields?: Fields;
  readonly from?: string;
  readonly id?: bigint;
  readonly verified?: boolean;
}

function executions(facts: Facts, { agent, id, before, payment, valueUba, missing }: Reserved): Probe[] {
  const execute = (
    name: string,
    must: Must,
    { fields, from = USER, id: other = id, verified = false }: Deviation,
  ): Probe => ({
    name: `executeMinting ${name}`,
    must,
    play: { before, verified, act: act(facts, from, 'executeMinting', [paymentProof(facts, payment, fields), other]) },
  });
  const paying = (receivedAmount: bigint): Deviation => ({ fields: { response: { receivedAmount } } });
  const response = (fields: Record<string, unknown>): Deviation => ({ fields: { response: fields } });
  const { amountUba, reference, block } = payment;
  const executed = act(facts, EXECUTOR, 'executeMinting', [paymentProof(facts, payment), id]);
  return [
    execute('by the minter', THROUGH, {}),
    execute('by the executor', THROUGH, { from: EXECUTOR }),
    execute('by the agent', THROUGH, { from: agent.owner }),
    execute('by a stranger', refused('OnlyMinterExecutorOrAgent'), { from: STRANGER }),
    execute('of no reservation', refused('InvalidCrtId'), { id: id + 1_000_000n }),
    execute('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), { verified: true }),
    execute('with a payment on another chain', refused('InvalidChain'), { fields: { source: OTHER_SOURCE } }),
    execute('with a payment one drop short', refused('MintingPaymentTooSmall'), paying(amountUba - 1n)),
    execute('with a payment a tenth short', refused('MintingPaymentTooSmall'), paying((amountUba * 9n) / 10n)),
    execute('with a payment of a drop more', THROUGH, paying(amountUba + 1n)),
    execute(
      'with a payment of another reference',
      refused('InvalidMintingReference'),
      response({ standardPaymentReference: otherBytes(reference) }),
    ),
    execute(
      'with a payment to somebody else',
      refused('NotMintingAgentsAddress'),
      response({ receivingAddressHash: addressHash(OTHER_LEDGER_ADDRESS) }),
    ),
    execute(
      'with a payment one block before the reservation',
      refused('MintingPaymentTooOld'),
      response({ blockNumber: block - 1n }),
    ),
    execute(
      'with a payment after the window',
      THROUGH,
      response({ blockNumber: missing.lastBlock + 1n, blockTimestamp: missing.lastTimestampS + 1n }),
    ),
    execute('with a failed payment', refused('PaymentFailed'), response({ status: 1n })),
    execute('with a blocked payment', refused('PaymentFailed'), response({ status: 2n })),
    {
      name: 'executeMinting twice with one payment',
      must: refused('InvalidCrtId'),
      play: { before: [...before, executed], act: executed },
    },
    {
      name: 'FAssets of the user after the executor has executed',
      must: { kind: 'gives', returned: word(valueUba) },
      play: { before: [...before, executed], act: call(USER, facts.contracts.fAsset, 'balanceOf', [USER]) },
    },
  ];
}

/** The fee is the executor's who executes, as wrapped native, and nobody's otherwise. */
function executorFees(facts: Facts, { id, before, payment }: Reserved, leftWei: bigint): Probe[] {
  const executed = (from: string) => act(facts, from, 'executeMinting', [paymentProof(facts, payment), id]);
  const feeAfter = (who: string, from: string, feeWei: bigint): Probe => ({
    name: `wrapped native of the executor after ${who} executed`,
    must: { kind: 'gives', returned: word(feeWei) },
    play: { before: [...before, executed(from)], act: call(USER, facts.contracts.wNat, 'balanceOf', [EXECUTOR]) },
  });
  return [feeAfter('they', EXECUTOR, leftWei - (leftWei % GWEI)), feeAfter('the minter', USER, 0n)];
}

/** A payment that belongs to no reservation any more is the agent's; that of an open one is the minter's. */
function closedPayments(facts: Facts, { agent, id, before, payment }: Reserved): Probe[] {
  const executed = act(facts, USER, 'executeMinting', [paymentProof(facts, payment), id]);
  const second: Fields = { request: { transactionId: transactionOf('second payment') } };
  const confirm = (name: string, must: Must, calls: typeof before, fields: Fields, from = agent.owner): Probe => ({
    name: `confirmClosedMintingPayment ${name}`,
    must,
    play: {
      before: calls,
      act: act(facts, from, 'confirmClosedMintingPayment', [paymentProof(facts, payment, fields), id]),
    },
  });
  const closed = [...before, executed];
  return [
    confirm('of a second payment', THROUGH, closed, second),
    confirm('by a stranger', refused('OnlyAgentVaultOwner'), closed, second, STRANGER),
    confirm('while the reservation is open', refused('InvalidCollateralReservationStatus'), before, second),
    confirm('of the payment that minted', refused('PaymentAlreadyConfirmed'), closed, {}),
  ];
}

function defaults(facts: Facts, { agent, id, before, missing }: Reserved): Probe[] {
  const end = (name: string, must: Must, fields: Fields = {}, from = agent.owner, verified = false): Probe => ({
    name: `mintingPaymentDefault ${name}`,
    must,
    play: {
      before,
      verified,
      act: act(facts, from, 'mintingPaymentDefault', [nonPaymentProof(facts, missing, fields), id]),
    },
  });
  const asked = (request: Record<string, unknown>): Fields => ({ request });
  const over = (block: bigint, second: bigint): Fields => ({
    response: {
      firstOverflowBlockNumber: missing.lastBlock + block,
      firstOverflowBlockTimestamp: missing.lastTimestampS + second,
    },
  });
  const mismatch = refused('MintingNonPaymentMismatch');
  const early = refused('MintingDefaultTooEarly');
  return [
    end('by the agent', THROUGH),
    end('by a stranger', refused('OnlyAgentVaultOwner'), {}, STRANGER),
    end('with a proof that the FDC does not know', refused('NonPaymentNotProven'), {}, agent.owner, true),
    end('with a proof on another chain', refused('InvalidChain'), { source: OTHER_SOURCE }),
    end('about another reference', mismatch, asked({ standardPaymentReference: otherBytes(missing.reference) })),
    end('about another receiver', mismatch, asked({ destinationAddressHash: addressHash(OTHER_LEDGER_ADDRESS) })),
    end('about a drop more', mismatch, asked({ amount: missing.amountUba + 1n })),
    end('about a drop less', mismatch, asked({ amount: missing.amountUba - 1n })),
    end('about certain senders only', refused('SourceAddressesNotSupported'), asked({ checkSourceAddresses: true })),
    end(
      'from one block after the reservation on',
      refused('MintingNonPaymentProofWindowTooShort'),
      asked({ minimalBlockNumber: missing.firstBlock + 1n }),
    ),
    end('until the last block of the window', early, over(0n, 1n)),
    end('until the last second of the window', early, over(1n, 0n)),
  ];
}
