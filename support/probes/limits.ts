/** Probes of smaller limits: what agents announce and when it counts, self-minting, values and addresses that are none. */
import { ZeroAddress } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { act, at, minted, reserved } from './acts.ts';
import { call, views } from './calls.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { type Fields, addressHash, blockHeightProof, otherBytes, paymentProof, transactionOf } from './proofs.ts';
import type { Call } from './simulation.ts';

const COIN = 10n ** 18n;
/** First 8 bytes of the payment reference of a self-mint; the vault's address is at the end (protocol facts). */
const SELF_MINT = '0x4642505266410012';

export async function limits(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  return [
    ...(await settingUpdates(prober, facts, agent)),
    ...selfMints(facts, agent),
    ...availability(facts, agent),
    ...(await refusedValues(prober, facts, agent)),
    ...(await tagValues(prober, facts)),
  ];
}

/** A new fee counts only when everybody had time to see it, and not for ever. */
async function settingUpdates(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const startS = facts.timeS + 10n;
  const waitS = BigInt(facts.settings['agentFeeChangeTimelockSeconds']);
  const windowS = BigInt(facts.settings['agentTimelockedOperationWindowSeconds']);
  const announce = (name: string): Call =>
    act(facts, agent.owner, 'announceAgentSettingUpdate', [agent.vault, name, agent.feeBips + 1n]);
  const announced = [at(startS, announce('feeBIPS'))];
  const execution = act(facts, agent.owner, 'executeAgentSettingUpdate', [agent.vault, 'feeBIPS']);
  const execute = (name: string, must: Must, atS: bigint, before: readonly Call[] = announced): Probe => ({
    name: `executeAgentSettingUpdate ${name}`,
    must,
    play: { before, act: at(atS, execution) },
  });
  const fee = act(facts, USER, 'getAgentSetting', [agent.vault, 'feeBIPS']);
  const feeShown = (name: string, feeBips: bigint, before: readonly Call[]): Probe => ({
    name: `the fee of an agent ${name}`,
    must: { kind: 'gives', returned: assetManagerInterface.encodeFunctionResult('getAgentSetting', [feeBips]) },
    play: { before, act: fee },
  });
  return [
    execute('one second early', refused('UpdateNotValidYet'), startS + waitS - 1n),
    execute('in time', THROUGH, startS + waitS),
    execute('in the last second', THROUGH, startS + waitS + windowS),
    execute('one second late', refused('UpdateNotValidAnymore'), startS + waitS + windowS + 1n),
    execute('of what was not announced', refused('NoPendingUpdate'), startS, []),
    feeShown('that is announced', agent.feeBips, announced),
    feeShown('that is executed', agent.feeBips + 1n, [...announced, at(startS + waitS, execution)]),
    {
      name: 'announceAgentSettingUpdate of no setting',
      must: refused('InvalidSettingName'),
      play: { before: [], act: announce('noSetting') },
    },
  ];
}

function selfMints(facts: Facts, agent: AgentFacts): Probe[] {
  const lotUba = BigInt(facts.settings['lotSizeAMG']) * BigInt(facts.settings['assetMintingGranularityUBA']);
  const paid = {
    from: 'rProbeSomebody',
    to: agent.underlyingAddress,
    // Far more than a lot and what the pool gets of its fee.
    amountUba: 2n * lotUba,
    reference: `${SELF_MINT}${agent.vault.slice(2).padStart(48, '0')}`,
    block: facts.clock.block + 1_000n,
    timeS: facts.clock.timestampS,
  };
  const mint = (name: string, must: Must, response: Record<string, unknown> = {}, verified = false): Probe => ({
    name: `selfMint ${name}`,
    must,
    play: {
      before: [],
      verified,
      act: act(facts, agent.owner, 'selfMint', [paymentProof(facts, paid, { response }), agent.vault, 1n]),
    },
  });
  return [
    mint('by the agent', THROUGH),
    mint('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), {}, true),
    mint('with a failed payment', refused('PaymentFailed'), { status: 1n }),
    mint('of another reference', refused('InvalidSelfMintReference'), {
      standardPaymentReference: otherBytes(paid.reference),
    }),
    mint('with a payment to somebody else', refused('SelfMintNotAgentsAddress'), {
      receivingAddressHash: addressHash('rProbeSomebody'),
    }),
    mint('with a payment of a lot less a drop', refused('SelfMintPaymentTooSmall'), { receivedAmount: lotUba - 1n }),
    mint('with a payment from before the agent', refused('SelfMintPaymentTooOld'), { blockNumber: 0n }),
  ];
}

function availability(facts: Facts, agent: AgentFacts): Probe[] {
  const { vault, owner } = agent;
  const byOwner = (name: string, error: string, args: readonly unknown[], before: readonly Call[] = []): Probe => ({
    name: `${name} ${before.length === 0 ? 'as things are' : 'twice'}`,
    must: refused(error),
    play: { before, act: act(facts, owner, name, args) },
  });
  const withdrawing = act(facts, owner, 'announceUnderlyingWithdrawal', [vault]);
  const topUp = {
    from: 'rProbeSomebody',
    to: agent.underlyingAddress,
    amountUba: 1n,
    reference: `0x4642505266410011${vault.slice(2).padStart(48, '0')}`,
    block: 0n,
    timeS: 0n,
  };
  return [
    byOwner('makeAgentAvailable', 'AgentAlreadyAvailable', [vault]),
    byOwner('announceDestroyAgent', 'AgentStillAvailable', [vault]),
    byOwner('destroyAgent', 'DestroyNotAnnounced', [vault, owner]),
    byOwner('announceUnderlyingWithdrawal', 'AnnouncedUnderlyingWithdrawalActive', [vault], [withdrawing]),
    byOwner('cancelUnderlyingWithdrawal', 'NoActiveAnnouncement', [vault]),
    byOwner('mintFromFreeUnderlying', 'CannotMintZeroLots', [vault, 0n]),
    {
      name: 'startLiquidation of a healthy agent',
      must: refused('LiquidationNotStarted'),
      play: { before: [], act: act(facts, STRANGER, 'startLiquidation', [vault]) },
    },
    {
      name: 'confirmTopupPayment of a payment from before the agent',
      must: refused('TopupBeforeAgentCreated'),
      play: { before: [], act: act(facts, owner, 'confirmTopupPayment', [paymentProof(facts, topUp), vault]) },
    },
  ];
}

async function refusedValues(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { before, missing, id } = await reserved(prober, facts, agent);
  const holding = await minted(prober, facts, agent);
  const windowS = BigInt(facts.settings['attestationWindowSeconds']);
  const over: Fields = {
    response: {
      lowestQueryWindowBlockNumber: missing.lastBlock + 1n,
      lowestQueryWindowBlockTimestamp: missing.lastTimestampS + 1n,
      blockTimestamp: missing.lastTimestampS + 1n + windowS,
    },
  };
  const entered = [call(USER, agent.pool, 'enter', [], 100n * COIN)];
  const closeTo = (recipient: string) =>
    call(USER, agent.pool, 'selfCloseExitTo', [COIN, true, recipient, '', ZeroAddress]);
  return [
    {
      name: 'unstickMinting without the price of the collateral',
      must: refused('NotEnoughFundsProvided'),
      play: { before, act: act(facts, agent.owner, 'unstickMinting', [blockHeightProof(facts, over), id]) },
    },
    {
      name: 'FAsset.transfer to oneself',
      must: refused('CannotTransferToSelf'),
      play: { before: holding, act: call(USER, facts.contracts.fAsset, 'transfer', [USER, 1n]) },
    },
    {
      name: 'CollateralPool.selfCloseExitTo nobody',
      must: refused('InvalidRecipientAddress'),
      play: { before: entered, act: closeTo(ZeroAddress) },
    },
    {
      name: 'CollateralPool.selfCloseExitTo the pool itself',
      must: refused('InvalidRecipientAddress'),
      play: { before: entered, act: closeTo(agent.pool) },
    },
    {
      name: 'markUnblockedDirectMintingAllowed of what is not delayed',
      must: refused('DirectMintingNotDelayed'),
      play: {
        before: [],
        act: act(facts, STRANGER, 'markUnblockedDirectMintingAllowed', [transactionOf('nothing')]),
      },
    },
  ];
}

async function tagValues(prober: Prober, facts: Facts): Promise<Probe[]> {
  const manager = await prober.address(facts, facts.contracts.assetManager, views, 'getMintingTagManager');
  if (manager === undefined || !has(facts, 'redeemWithTag')) return [];
  const [feeWei] = await prober.view(facts, manager, views, 'reservationFee');
  const [tag] = await prober.view(facts, manager, views, 'nextAvailableTag');
  const reserving = (valueWei: bigint) => call(USER, manager, 'reserve', [], valueWei);
  return [
    {
      name: 'MintingTagManager.reserve for a wei too much',
      must: refused('WrongReservationPaymentAmount'),
      play: { before: [], act: reserving(BigInt(feeWei) + 1n) },
    },
    {
      name: 'MintingTagManager.setMintingRecipient to nobody',
      must: refused('ZeroAddress'),
      play: {
        before: [reserving(BigInt(feeWei))],
        act: call(USER, manager, 'setMintingRecipient', [tag, ZeroAddress]),
      },
    },
  ];
}
