/** Probes of an open redemption request: how it may end, by whom, with which proof, at which edge (protocol facts 3). */
import { ZeroHash } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { act, at, minted } from './acts.ts';
import { call, word } from './calls.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { EXECUTOR, LEDGER_ADDRESS, OTHER_LEDGER_ADDRESS, STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import {
  type Fields,
  type HonestPayment,
  type MissingPayment,
  addressHash,
  addressProof,
  OTHER_SOURCE,
  nonPaymentProof,
  otherBytes,
  paymentProof,
  transactionOf,
  xrpNonPaymentProof,
  xrpPaymentProof,
} from './proofs.ts';
import { withoutPayment } from './without-payment.ts';
import type { Call } from './simulation.ts';

const TAG = 7n;
const EXECUTOR_FEE_WEI = 10n ** 15n;

/** A request that only exists in simulations. */
interface Requested {
  readonly agent: AgentFacts;
  readonly id: bigint;
  readonly before: readonly Call[];
  /** As the agent should pay, in the first ledger that counts. */
  readonly payment: HonestPayment;
  readonly missing: MissingPayment;
}

export async function openRedemption(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const holding = await minted(prober, facts, agent);
  const redeem = act(facts, USER, 'redeem', [1n, LEDGER_ADDRESS, EXECUTOR], EXECUTOR_FEE_WEI);
  const plain = await requested(prober, facts, [...holding, redeem]);
  const askedAtS = facts.timeS + 10n;
  const timed = await requested(prober, facts, [...holding, at(askedAtS, redeem)]);
  const probes = [
    ...confirmations(facts, plain),
    ...lateConfirmations(facts, timed, askedAtS),
    ...defaults(facts, plain),
    ...withoutPayment(facts, plain, 'finishRedemptionWithoutPayment', 'ShouldDefaultFirst'),
    ...rejections(facts, plain),
  ];
  if (!has(facts, 'redeemWithTag')) return probes;
  const lotUba = BigInt(facts.settings['lotSizeAMG']) * BigInt(facts.settings['assetMintingGranularityUBA']);
  const tagged = await requested(
    prober,
    facts,
    [...holding, act(facts, USER, 'redeemWithTag', [lotUba, LEDGER_ADDRESS, EXECUTOR, TAG])],
    'RedemptionWithTagRequested',
  );
  return [...probes, ...xrpProofs(facts, plain), ...taggedRedemption(facts, tagged)];
}

async function requested(
  prober: Prober,
  facts: Facts,
  before: readonly Call[],
  name = 'RedemptionRequested',
): Promise<Requested> {
  const event = await prober.event(facts, 'a redemption', before, name);
  const vault = String(event['agentVault']).toLowerCase();
  const agent = facts.agents.find((one) => one.vault.toLowerCase() === vault);
  if (agent === undefined) throw new Error(`nobody knows the agent ${vault} of a redemption`);
  const amountUba = BigInt(event['valueUBA']) - BigInt(event['feeUBA']);
  const reference: string = event['paymentReference'];
  const firstBlock: bigint = event['firstUnderlyingBlock'];
  const [from, to] = [agent.underlyingAddress, LEDGER_ADDRESS];
  return {
    agent,
    id: event['requestId'],
    before,
    payment: { from, to, amountUba, reference, block: firstBlock, timeS: facts.clock.timestampS },
    missing: {
      to,
      amountUba,
      reference,
      firstBlock,
      lastBlock: event['lastUnderlyingBlock'],
      lastTimestampS: event['lastUnderlyingTimestamp'],
    },
  };
}

const tells = (event: string): Must => ({ kind: 'tells', event, contract: assetManagerInterface });
const PERFORMED = tells('RedemptionPerformed');
const FAILED = tells('RedemptionPaymentFailed');

interface Deviation {
  readonly fields?: Fields;
  readonly from?: string;
  readonly verified?: boolean;
  readonly atS?: bigint;
  /** What happens between the request and the act. */
  readonly meanwhile?: readonly Call[];
}

function confirmations(facts: Facts, { agent, id, before, payment, missing }: Requested): Probe[] {
  const confirm = (name: string, must: Must, deviation: Deviation = {}): Probe => {
    const { fields, from = agent.owner, verified = false, meanwhile = [] } = deviation;
    return {
      name: `confirmRedemptionPayment ${name}`,
      must,
      play: {
        before: [...before, ...meanwhile],
        verified,
        act: act(facts, from, 'confirmRedemptionPayment', [paymentProof(facts, payment, fields), id]),
      },
    };
  };
  const response = (fields: Record<string, unknown>): Deviation => ({ fields: { response: fields } });
  const { amountUba, reference, block } = payment;
  const { lastBlock, lastTimestampS } = missing;
  // Releases differ in which of the two they look at.
  const paid = (amount: bigint) => response({ intendedReceivedAmount: amount, receivedAmount: amount });
  const defaulted = act(facts, USER, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing), id]);
  const confirmed = act(facts, agent.owner, 'confirmRedemptionPayment', [paymentProof(facts, payment), id]);
  return [
    confirm('by the agent', PERFORMED),
    confirm('by a stranger', refused('OnlyAgentVaultOwner'), { from: STRANGER }),
    confirm('by the redeemer', refused('OnlyAgentVaultOwner'), { from: USER }),
    confirm('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), { verified: true }),
    confirm('with a payment on another chain', refused('InvalidChain'), { fields: { source: OTHER_SOURCE } }),
    confirm(
      'with a payment of another reference',
      refused('InvalidRedemptionReference'),
      response({ standardPaymentReference: otherBytes(reference) }),
    ),
    confirm(
      "with somebody else's payment",
      refused('SourceNotAgentsUnderlyingAddress'),
      response({ sourceAddressHash: addressHash(OTHER_LEDGER_ADDRESS) }),
    ),
    confirm(
      'with a payment one block before the request',
      refused('RedemptionPaymentTooOld'),
      response({ blockNumber: block - 1n }),
    ),
    confirm(
      "with a payment to the agent's own address",
      refused('InvalidReceivingAddressSelected'),
      response({ intendedReceivingAddressHash: addressHash(agent.underlyingAddress) }),
    ),
    confirm(
      'with a payment to somebody else',
      FAILED,
      response({ intendedReceivingAddressHash: addressHash(OTHER_LEDGER_ADDRESS) }),
    ),
    confirm('with a payment one drop short', FAILED, paid(amountUba - 1n)),
    confirm('with a payment a tenth short', FAILED, paid((amountUba * 9n) / 10n)),
    confirm('with a payment of a drop more', PERFORMED, paid(amountUba + 1n)),
    confirm('with a failed payment', FAILED, response({ status: 1n })),
    confirm('with a blocked payment', tells('RedemptionPaymentBlocked'), response({ status: 2n })),
    confirm(
      'with a payment in the last block, but later',
      PERFORMED,
      response({ blockNumber: lastBlock, blockTimestamp: lastTimestampS + 1n }),
    ),
    confirm(
      'with a payment in the last second, but a later block',
      PERFORMED,
      response({ blockNumber: lastBlock + 1n, blockTimestamp: lastTimestampS }),
    ),
    confirm(
      'with a payment one block and one second late',
      FAILED,
      response({ blockNumber: lastBlock + 1n, blockTimestamp: lastTimestampS + 1n }),
    ),
    confirm('after the default', FAILED, { meanwhile: [defaulted] }),
    confirm('twice', refused('InvalidRequestId'), { meanwhile: [confirmed] }),
  ];
}

/** Others may confirm for the agent, and are paid for it, but only when the agent has had their time. */
function lateConfirmations(facts: Facts, { id, before, payment }: Requested, askedAtS: bigint): Probe[] {
  const waitS: bigint = facts.settings['confirmationByOthersAfterSeconds'];
  const confirm = (name: string, must: Must, atS: bigint): Probe => ({
    name: `confirmRedemptionPayment ${name}`,
    must,
    play: {
      before,
      act: at(atS, act(facts, STRANGER, 'confirmRedemptionPayment', [paymentProof(facts, payment), id])),
    },
  });
  return [
    confirm("by others in the last second of the agent's time", refused('OnlyAgentVaultOwner'), askedAtS + waitS),
    confirm("by others one second after the agent's time", PERFORMED, askedAtS + waitS + 1n),
  ];
}

function defaults(facts: Facts, { agent, id, before, missing, payment }: Requested): Probe[] {
  const claim = (name: string, must: Must, deviation: Deviation = {}): Probe => {
    const { fields, from = USER, verified = false, meanwhile = [] } = deviation;
    return {
      name: `redemptionPaymentDefault ${name}`,
      must,
      play: {
        before: [...before, ...meanwhile],
        verified,
        act: act(facts, from, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing, fields), id]),
      },
    };
  };
  const request = (fields: Record<string, unknown>): Deviation => ({ fields: { request: fields } });
  const over = (block: bigint, second: bigint): Deviation => ({
    fields: {
      response: {
        firstOverflowBlockNumber: missing.lastBlock + block,
        firstOverflowBlockTimestamp: missing.lastTimestampS + second,
      },
    },
  });
  const mismatch = refused('RedemptionNonPaymentMismatch');
  const early = refused('RedemptionDefaultTooEarly');
  const claimed = act(facts, USER, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing), id]);
  const confirmed = act(facts, agent.owner, 'confirmRedemptionPayment', [paymentProof(facts, payment), id]);
  const feeAfter = (who: string, from: string, feeWei: bigint): Probe => ({
    name: `wrapped native of the executor after ${who} defaulted`,
    must: { kind: 'gives', returned: word(feeWei) },
    play: {
      before: [...before, act(facts, from, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing), id])],
      act: call(USER, facts.contracts.wNat, 'balanceOf', [EXECUTOR]),
    },
  });
  return [
    claim('by the redeemer', tells('RedemptionDefault')),
    claim('by the executor', tells('RedemptionDefault'), { from: EXECUTOR }),
    claim('by the agent', tells('RedemptionDefault'), { from: agent.owner }),
    claim('by a stranger', refused('OnlyRedeemerExecutorOrAgent'), { from: STRANGER }),
    claim('with a proof that the FDC does not know', refused('NonPaymentNotProven'), { verified: true }),
    claim('with a proof on another chain', refused('InvalidChain'), { fields: { source: OTHER_SOURCE } }),
    claim('about another reference', mismatch, request({ standardPaymentReference: otherBytes(missing.reference) })),
    claim('about another receiver', mismatch, request({ destinationAddressHash: addressHash(OTHER_LEDGER_ADDRESS) })),
    claim('about a drop more', mismatch, request({ amount: missing.amountUba + 1n })),
    claim('about a drop less', mismatch, request({ amount: missing.amountUba - 1n })),
    claim(
      'about certain senders only',
      refused('SourceAddressesNotSupported'),
      request({ checkSourceAddresses: true }),
    ),
    claim(
      'from one block after the request on',
      refused('RedemptionNonPaymentProofWindowTooShort'),
      request({ minimalBlockNumber: missing.firstBlock + 1n }),
    ),
    claim('from one block before the request on', THROUGH, request({ minimalBlockNumber: missing.firstBlock - 1n })),
    claim('until the last block of the window', early, over(0n, 1n)),
    claim('until the last second of the window', early, over(1n, 0n)),
    claim('by block alone', early, over(1_000n, -1_000n)),
    claim('by time alone', early, over(-1n, 100_000n)),
    claim('twice', refused('InvalidRedemptionStatus'), { meanwhile: [claimed] }),
    claim('of what was paid', refused('InvalidRequestId'), { meanwhile: [confirmed] }),
    feeAfter('they', EXECUTOR, EXECUTOR_FEE_WEI),
    feeAfter('the redeemer', USER, 0n),
  ];
}

function rejections(facts: Facts, { agent, id, before }: Requested): Probe[] {
  const reject = (name: string, must: Must, address: string, fields: Fields = {}, deviation: Deviation = {}): Probe => {
    const { from = agent.owner, verified = false } = deviation;
    return {
      name: `rejectInvalidRedemption ${name}`,
      must,
      play: {
        before,
        verified,
        act: act(facts, from, 'rejectInvalidRedemption', [addressProof(facts, address, fields), id]),
      },
    };
  };
  const invalid: Fields = { response: { isValid: false, standardAddress: '', standardAddressHash: ZeroHash } };
  return [
    reject('of an invalid address', tells('RedemptionRejected'), LEDGER_ADDRESS, invalid),
    reject('of a valid address', refused('AddressValid'), LEDGER_ADDRESS),
    reject('of another invalid address', refused('WrongAddress'), OTHER_LEDGER_ADDRESS, invalid),
    reject('by a stranger', refused('OnlyAgentVaultOwner'), LEDGER_ADDRESS, invalid, { from: STRANGER }),
    reject('with a proof that the FDC does not know', refused('AddressValidityNotProven'), LEDGER_ADDRESS, invalid, {
      verified: true,
    }),
    reject('with a proof on another chain', refused('InvalidChain'), LEDGER_ADDRESS, {
      ...invalid,
      source: OTHER_SOURCE,
    }),
    reject('of an address in another form', tells('RedemptionRejected'), LEDGER_ADDRESS, {
      response: { standardAddressHash: addressHash(OTHER_LEDGER_ADDRESS) },
    }),
  ];
}

/** The newer kinds of proof for the same acts. */
function xrpProofs(facts: Facts, { agent, id, before, payment, missing }: Requested): Probe[] {
  const confirm = (name: string, must: Must, fields: Fields = {}, verified = false): Probe => ({
    name: `confirmXRPRedemptionPayment ${name}`,
    must,
    play: {
      before,
      verified,
      act: act(facts, agent.owner, 'confirmXRPRedemptionPayment', [xrpPaymentProof(facts, payment, fields), id]),
    },
  });
  const claim = (name: string, must: Must, fields: Fields = {}, verified = false): Probe => ({
    name: `xrpRedemptionPaymentDefault ${name}`,
    must,
    play: {
      before,
      verified,
      act: act(facts, USER, 'xrpRedemptionPaymentDefault', [xrpNonPaymentProof(facts, missing, fields), id]),
    },
  });
  const mismatch = refused('RedemptionNonPaymentMismatch');
  const early = refused('RedemptionDefaultTooEarly');
  return [
    confirm('by the agent', PERFORMED),
    confirm('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), {}, true),
    confirm('with a payment on another chain', refused('InvalidChain'), { source: OTHER_SOURCE }),
    confirm("with somebody else's proof", refused('OnlyProofOwner'), { request: { proofOwner: STRANGER } }),
    confirm('with a proof of their own', PERFORMED, { request: { proofOwner: agent.owner } }),
    confirm('with a payment of another memo', refused('InvalidRedemptionReference'), {
      response: { firstMemoData: otherBytes(payment.reference) },
    }),
    confirm('with a payment without memo', refused('InvalidRedemptionReference'), { response: { hasMemoData: false } }),
    claim('by the redeemer', tells('RedemptionDefault')),
    claim('with a proof that the FDC does not know', refused('NonPaymentNotProven'), {}, true),
    claim('with a proof on another chain', refused('InvalidChain'), { source: OTHER_SOURCE }),
    claim("with somebody else's proof", refused('OnlyProofOwner'), { request: { proofOwner: STRANGER } }),
    claim('about another memo', mismatch, { request: { firstMemoDataHash: otherBytes(ZeroHash) } }),
    claim('about any memo', mismatch, { request: { checkFirstMemoData: false } }),
    claim('about a tag', mismatch, { request: { checkDestinationTag: true } }),
    claim('about another receiver', mismatch, {
      request: { destinationAddressHash: addressHash(OTHER_LEDGER_ADDRESS) },
    }),
    claim('about a drop more', mismatch, { request: { amount: missing.amountUba + 1n } }),
    claim('about a drop less', mismatch, { request: { amount: missing.amountUba - 1n } }),
    claim('until the last block of the window', early, {
      response: {
        firstOverflowBlockNumber: missing.lastBlock,
        firstOverflowBlockTimestamp: missing.lastTimestampS + 1n,
      },
    }),
    claim('until the last second of the window', early, {
      response: {
        firstOverflowBlockNumber: missing.lastBlock + 1n,
        firstOverflowBlockTimestamp: missing.lastTimestampS,
      },
    }),
    claim('from one block after the request on', refused('RedemptionNonPaymentProofWindowTooShort'), {
      request: { minimalBlockNumber: missing.firstBlock + 1n },
    }),
  ];
}

/** A redemption to an address with a tag must be paid with that tag. */
function taggedRedemption(facts: Facts, { agent, id, before, payment, missing }: Requested): Probe[] {
  const confirm = (name: string, must: Must, response: Record<string, unknown>): Probe => ({
    name: `confirmXRPRedemptionPayment of a tagged redemption ${name}`,
    must,
    play: {
      before,
      act: act(facts, agent.owner, 'confirmXRPRedemptionPayment', [xrpPaymentProof(facts, payment, { response }), id]),
    },
  });
  const claim = (name: string, must: Must, request: Record<string, unknown>): Probe => ({
    name: `xrpRedemptionPaymentDefault of a tagged redemption ${name}`,
    must,
    play: {
      before,
      act: act(facts, USER, 'xrpRedemptionPaymentDefault', [xrpNonPaymentProof(facts, missing, { request }), id]),
    },
  });
  const mismatch = refused('RedemptionNonPaymentMismatch');
  const second = { request: { transactionId: transactionOf('second payment') } };
  return [
    confirm('with its tag', PERFORMED, { hasDestinationTag: true, destinationTag: TAG }),
    confirm('with the next tag', FAILED, { hasDestinationTag: true, destinationTag: TAG + 1n }),
    confirm('without a tag', FAILED, { hasDestinationTag: false, destinationTag: 0n }),
    claim('about its tag', tells('RedemptionDefault'), { checkDestinationTag: true, destinationTag: TAG }),
    claim('about the next tag', mismatch, { checkDestinationTag: true, destinationTag: TAG + 1n }),
    claim('about any tag', mismatch, { checkDestinationTag: false, destinationTag: 0n }),
    {
      name: 'confirmRedemptionPayment of a tagged redemption',
      must: refused('DestinationTagNotSupported'),
      play: {
        before,
        act: act(facts, agent.owner, 'confirmRedemptionPayment', [paymentProof(facts, payment, second), id]),
      },
    },
    {
      name: 'redemptionPaymentDefault of a tagged redemption',
      must: refused('DestinationTagNotSupported'),
      play: {
        before,
        act: act(facts, USER, 'redemptionPaymentDefault', [nonPaymentProof(facts, missing), id]),
      },
    },
  ];
}
