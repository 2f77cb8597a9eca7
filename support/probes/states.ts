/** Probes of what must not go on while something is off: pauses, caps, agents that are not to be minted with. */
import { ZeroHash } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';
import { act, at, minted, reserve, reserved } from './acts.ts';
import { call, views } from './calls.ts';
import type { AgentFacts, Facts } from './facts.ts';
import { LEDGER_ADDRESS, NOBODY, OTHER_USER, STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { decreaseProof, nonPaymentProof, paymentProof } from './proofs.ts';
import type { Call } from './simulation.ts';

export async function offStates(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  return [
    ...(await pauses(prober, facts, agent)),
    ...(await caps(prober, facts, agent)),
    ...leaving(facts, agent),
    ...(await whitelisting(prober, facts, agent)),
    ...(await liquidation(prober, facts, agent)),
  ];
}

const PAUSE_S = 3_600n;
const LEVELS = { operations: 1n, everything: 2n, transfers: 3n } as const;

async function pauses(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { assetManager, fAsset } = facts.contracts;
  const controller: string = facts.settings['assetManagerController'];
  const control = (name: string, args: readonly unknown[] = []): Call => call(controller, assetManager, name, args);
  const { before, payment, missing, id } = await reserved(prober, facts, agent);
  const holding = await minted(prober, facts, agent);
  const acts: Readonly<Record<string, { readonly needs: readonly Call[]; readonly doing: Call }>> = {
    reserveCollateral: { needs: [], doing: reserve(facts, agent) },
    'CollateralPool.enter': { needs: [], doing: call(USER, agent.pool, 'enter', [], 10n ** 19n) },
    redeem: { needs: holding, doing: act(facts, USER, 'redeem', [1n, LEDGER_ADDRESS, NOBODY]) },
    executeMinting: { needs: before, doing: act(facts, USER, 'executeMinting', [paymentProof(facts, payment), id]) },
    mintingPaymentDefault: {
      needs: before,
      doing: act(facts, agent.owner, 'mintingPaymentDefault', [nonPaymentProof(facts, missing), id]),
    },
    'FAsset.transfer': { needs: holding, doing: call(USER, fAsset, 'transfer', [OTHER_USER, 1n]) },
  };
  const probe = (name: string, when: string, off: readonly Call[], must: Must): Probe => {
    const { needs, doing } = acts[name] ?? { needs: [], doing: reserve(facts, agent) };
    return { name: `${name} ${when}`, must, play: { before: [...needs, ...off], act: doing } };
  };
  const paused = (level: bigint): Call => at(facts.timeS + 10n, control('emergencyPause', [level, true, PAUSE_S]));
  const stops = refused('EmergencyPauseActive');
  const [operations, everything, transfers] = [LEVELS.operations, LEVELS.everything, LEVELS.transfers].map((level) => [
    paused(level),
  ]);
  const during = (when: string, off: readonly Call[] = [], stopped: readonly string[]): Probe[] =>
    Object.keys(acts).map((name) => {
      const must = stopped.includes(name) ? stops : THROUGH;
      return probe(
        name,
        when,
        off,
        name === 'FAsset.transfer' && stopped.includes(name) ? refused('EmergencyPauseOfTransfersActive') : must,
      );
    });
  const new_ = ['reserveCollateral', 'CollateralPool.enter', 'redeem'];
  const begun = ['executeMinting', 'mintingPaymentDefault'];
  const last = reserve(facts, agent);
  return [
    ...during('while operations are paused', operations, new_),
    ...during('while everything is paused', everything, [...new_, ...begun]),
    // A minting mints to the user, which a pause of transfers stops as well; executions are stopped by the pause itself.
    ...during('while transfers are paused', transfers, [...new_, ...begun, 'FAsset.transfer']),
    {
      name: 'reserveCollateral in the last second of a pause',
      must: stops,
      play: { before: operations ?? [], act: at(facts.timeS + 10n + PAUSE_S - 1n, last) },
    },
    {
      name: 'reserveCollateral when a pause is over',
      must: THROUGH,
      play: { before: operations ?? [], act: at(facts.timeS + 10n + PAUSE_S, last) },
    },
    probe('reserveCollateral', 'while minting is paused', [control('pauseMinting')], refused('MintingPaused')),
    probe('executeMinting', 'while minting is paused', [control('pauseMinting')], THROUGH),
    probe(
      'reserveCollateral',
      'while no controller is attached',
      [control('attachController', [false])],
      refused('NotAttached'),
    ),
    probe('executeMinting', 'while no controller is attached', [control('attachController', [false])], THROUGH),
  ];
}

/** The supply and what is reserved may reach the cap, and no more. */
async function caps(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { assetManager, fAsset } = facts.contracts;
  const controller: string = facts.settings['assetManagerController'];
  const granularityUba = BigInt(facts.settings['assetMintingGranularityUBA']);
  const info = act(facts, USER, 'getAgentInfo', [agent.vault]);
  const reservedUba = async (before: readonly Call[]): Promise<bigint> => {
    const [outcome] = await prober.outcomes(facts, [{ before, act: info }]);
    if (outcome?.kind !== 'through') throw new Error('getAgentInfo gives nothing');
    return assetManagerInterface.decodeFunctionResult('getAgentInfo', outcome.returned)[0].reservedUBA;
  };
  const takenUba = (await reservedUba([reserve(facts, agent)])) - (await reservedUba([]));
  const [supplyUba] = await prober.view(facts, fAsset, views, 'totalSupply');
  const totalUba = facts.agents.reduce((sum, one) => sum + one.reservedUba, BigInt(supplyUba)) + takenUba;
  const at_ = (name: string, capUba: bigint, must: Must): Probe => ({
    name: `reserveCollateral ${name}`,
    must,
    play: {
      before: [call(controller, assetManager, 'setMintingCapAmg', [capUba / granularityUba])],
      act: reserve(facts, agent),
    },
  });
  return [
    at_('up to the minting cap', totalUba, THROUGH),
    at_('beyond the minting cap', totalUba - granularityUba, refused('MintingCapExceeded')),
  ];
}

function leaving(facts: Facts, agent: AgentFacts): Probe[] {
  const startS = facts.timeS + 10n;
  const waitS = BigInt(facts.settings['agentExitAvailableTimelockSeconds']);
  const windowS = BigInt(facts.settings['agentTimelockedOperationWindowSeconds']);
  const announce = at(startS, act(facts, agent.owner, 'announceExitAvailableAgentList', [agent.vault]));
  const leave = act(facts, agent.owner, 'exitAvailableAgentList', [agent.vault]);
  const left = [announce, at(startS + waitS, leave)];
  const exit = (name: string, must: Must, before: readonly Call[], atS: bigint): Probe => ({
    name: `exitAvailableAgentList ${name}`,
    must,
    play: { before, act: at(atS, leave) },
  });
  const minting = (name: string, must: Must, more: readonly Call[] = []): Probe => ({
    name: `reserveCollateral ${name}`,
    must,
    play: { before: [...left, ...more], act: reserve(facts, agent) },
  });
  return [
    exit('unannounced', refused('ExitNotAnnounced'), [], startS),
    exit('one second early', refused('ExitTooSoon'), [announce], startS + waitS - 1n),
    exit('in time', THROUGH, [announce], startS + waitS),
    exit('in the last second', THROUGH, [announce], startS + waitS + windowS),
    exit('one second late', refused('ExitTooLate'), [announce], startS + waitS + windowS + 1n),
    minting('with an agent that has left the list', refused('AgentNotInMintQueue')),
    minting('with an agent that allows it although not on the list', THROUGH, [
      act(facts, agent.owner, 'addAlwaysAllowedMinterForAgent', [agent.vault, USER]),
    ]),
  ];
}

async function whitelisting(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const registry: string = facts.settings['agentOwnerRegistry'];
  const governance = await prober.address(facts, registry, views, 'governance');
  if (governance === undefined) return [];
  return [
    {
      name: 'reserveCollateral with an agent that is not whitelisted any more',
      must: refused('AgentNotWhitelisted'),
      play: { before: [call(governance, registry, 'revokeAddress', [agent.owner])], act: reserve(facts, agent) },
    },
  ];
}

/** Spending more than what is free puts an agent into full liquidation. */
async function liquidation(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const holding = [...(await minted(prober, facts, agent)), act(facts, USER, 'redeem', [1n, LEDGER_ADDRESS, NOBODY])];
  const event = await prober.event(facts, 'a redemption', holding, 'RedemptionRequested');
  const payer = facts.agents.find(({ vault }) => vault.toLowerCase() === String(event['agentVault']).toLowerCase());
  if (payer === undefined || !payer.isOpen || payer.freeLots === 0n) return [];
  const amountUba = BigInt(event['valueUBA']) - BigInt(event['feeUBA']);
  const paid = {
    from: payer.underlyingAddress,
    to: LEDGER_ADDRESS,
    amountUba,
    reference: String(event['paymentReference']),
    block: BigInt(event['firstUnderlyingBlock']),
    timeS: facts.clock.timestampS,
  };
  const overspent = paymentProof(facts, paid, { response: { spentAmount: 10n ** 17n } });
  const confirmed = act(facts, payer.owner, 'confirmRedemptionPayment', [overspent, event['requestId']]);
  const challenge = (name: string, must: Must, from: string, verified = false, reference = ZeroHash): Probe => ({
    name: `illegalPaymentChallenge ${name}`,
    must,
    play: {
      before: [],
      verified,
      act: act(facts, STRANGER, 'illegalPaymentChallenge', [
        decreaseProof(facts, from, { response: { standardPaymentReference: reference } }),
        payer.vault,
      ]),
    },
  });
  return [
    {
      name: 'reserveCollateral with an agent in liquidation',
      must: refused('InvalidAgentStatus'),
      play: { before: [...holding, confirmed], act: reserve(facts, payer) },
    },
    challenge('of a payment without reference', THROUGH, payer.underlyingAddress),
    challenge(
      'with a proof that the FDC does not know',
      refused('TransactionNotProven'),
      payer.underlyingAddress,
      true,
    ),
    challenge("of somebody else's payment", refused('ChallengeNotAgentsAddress'), 'rProbeSomebody'),
  ];
}
