/** Probes of what agents may do with what is theirs and others' money rests on: vaults, underlying balances, tags, governance. */
import { id } from 'ethers';
import { act, at } from './acts.ts';
import { call, views } from './calls.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { STRANGER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { type Fields, addressHash, otherBytes, paymentProof, OTHER_SOURCE } from './proofs.ts';
import type { Call } from './simulation.ts';

const COIN = 10n ** 18n;
/** First 8 bytes of the payment reference of a top-up; the vault's address is at the end (protocol facts). */
const TOP_UP = '0x4642505266410011';

export async function agents(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  return [
    ...vaults(facts, agent),
    ...topUps(facts, agent),
    ...(await underlyingWithdrawals(prober, facts, agent)),
    ...(await tags(prober, facts)),
    ...(await governance(prober, facts)),
  ];
}

function vaults(facts: Facts, agent: AgentFacts): Probe[] {
  const { vault, owner, vaultToken } = agent;
  const startS = facts.timeS + 10n;
  const allowedAtS = startS + BigInt(facts.settings['withdrawalWaitMinSeconds']);
  const lastS = allowedAtS + BigInt(facts.settings['agentTimelockedOperationWindowSeconds']);
  const announced = [at(startS, act(facts, owner, 'announceVaultCollateralWithdrawal', [vault, 1n]))];
  const withdraw = (name: string, must: Must, before: readonly Call[], atS: bigint, amount = 1n): Probe => ({
    name: `AgentVault.withdrawCollateral ${name}`,
    must,
    play: { before, act: at(atS, call(owner, vault, 'withdrawCollateral', [vaultToken, amount, owner])) },
  });
  return [
    withdraw('unannounced', refused('WithdrawalNotAnnounced'), [], startS),
    withdraw('one second early', refused('WithdrawalNotAllowedYet'), announced, allowedAtS - 1n),
    withdraw('in time', THROUGH, announced, allowedAtS),
    withdraw('of more than was announced', refused('WithdrawalMoreThanAnnounced'), announced, allowedAtS, 2n),
    withdraw('in the last second', THROUGH, announced, lastS),
    withdraw('one second late', refused('WithdrawalTooLate'), announced, lastS + 1n),
    {
      name: 'AgentVault.redeemCollateralPoolTokens unannounced',
      must: refused('WithdrawalNotAnnounced'),
      play: { before: [], act: call(owner, vault, 'redeemCollateralPoolTokens', [COIN, owner]) },
    },
    {
      name: 'AgentVault.depositCollateral of an unknown token',
      must: refused('UnknownToken'),
      play: { before: [], act: call(owner, vault, 'depositCollateral', [facts.contracts.fAsset, 1n]) },
    },
  ];
}

function topUps(facts: Facts, { vault, owner, underlyingAddress }: AgentFacts): Probe[] {
  const paid = {
    from: 'rProbeSomebody',
    to: underlyingAddress,
    amountUba: 1_000_000n,
    reference: `${TOP_UP}${vault.slice(2).padStart(48, '0')}`,
    // An agent can be younger than the clock.
    block: facts.clock.block + 1_000n,
    timeS: facts.clock.timestampS,
  };
  const confirm = (name: string, must: Must, fields: Fields = {}, verified = false): Probe => ({
    name: `confirmTopupPayment ${name}`,
    must,
    play: {
      before: [],
      verified,
      act: act(facts, owner, 'confirmTopupPayment', [paymentProof(facts, paid, fields), vault]),
    },
  });
  return [
    confirm('by the agent', THROUGH),
    confirm('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), {}, true),
    confirm('with a payment on another chain', refused('InvalidChain'), { source: OTHER_SOURCE }),
    confirm('of another reference', refused('NotATopupPayment'), {
      response: { standardPaymentReference: otherBytes(paid.reference) },
    }),
    confirm('of a payment to somebody else', refused('NotUnderlyingAddress'), {
      response: { receivingAddressHash: addressHash('rProbeSomebody') },
    }),
  ];
}

async function underlyingWithdrawals(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { vault, owner, underlyingAddress } = agent;
  const before = [act(facts, owner, 'announceUnderlyingWithdrawal', [vault])];
  const event = await prober.event(facts, 'an underlying withdrawal', before, 'UnderlyingWithdrawalAnnounced');
  const paid = {
    from: underlyingAddress,
    to: 'rProbeSomebody',
    amountUba: 1n,
    reference: String(event['paymentReference']),
    block: facts.clock.block,
    timeS: facts.clock.timestampS,
  };
  const confirm = (name: string, must: Must, fields: Fields = {}, from = owner, verified = false): Probe => ({
    name: `confirmUnderlyingWithdrawal ${name}`,
    must,
    play: {
      before,
      verified,
      act: act(facts, from, 'confirmUnderlyingWithdrawal', [paymentProof(facts, paid, fields), vault]),
    },
  });
  return [
    confirm('by the agent', THROUGH),
    confirm('by a stranger', refused('OnlyAgentVaultOwner'), {}, STRANGER),
    confirm('with a proof that the FDC does not know', refused('LegalPaymentNotProven'), {}, owner, true),
    confirm('of another reference', refused('WrongAnnouncedPaymentReference'), {
      response: { standardPaymentReference: otherBytes(paid.reference) },
    }),
    confirm('of a payment by somebody else', refused('WrongAnnouncedPaymentSource'), {
      response: { sourceAddressHash: addressHash('rProbeSomebody') },
    }),
  ];
}

async function tags(prober: Prober, facts: Facts): Promise<Probe[]> {
  const manager = await prober.address(facts, facts.contracts.assetManager, views, 'getMintingTagManager');
  if (manager === undefined) return [];
  const [feeWei] = await prober.view(facts, manager, views, 'reservationFee');
  const [tag] = await prober.view(facts, manager, views, 'nextAvailableTag');
  const before = [call(USER, manager, 'reserve', [], feeWei)];
  const set = (name: string, who: string, from: string, must: Must): Probe => ({
    name: `MintingTagManager.${name} ${who}`,
    must,
    play: { before, act: call(from, manager, name, [tag, from]) },
  });
  return ['setMintingRecipient', 'setAllowedExecutor'].flatMap((name) => [
    set(name, 'by the owner', USER, THROUGH),
    set(name, 'by a stranger', STRANGER, refused('OnlyTagOwner')),
  ]);
}

/** In production mode governance announces, and whoever executes waits out the timelock. */
async function governance(prober: Prober, facts: Facts): Promise<Probe[]> {
  const { assetManager } = facts.contracts;
  const settings = await prober.address(facts, assetManager, views, 'governanceSettings');
  const governor = await prober.address(facts, assetManager, views, 'governance');
  if (settings === undefined || governor === undefined || !has(facts, 'setMinimumRedeemAmountUBA')) return [];
  const [isInProduction] = await prober.view(facts, assetManager, views, 'productionMode');
  if (isInProduction === true) return [];
  // The settings' contract is played by code that answers 1: governance is address 1, the timelock a second, everybody executor.
  const ONE = `0x${'1'.padStart(40, '0')}`;
  const codes = { [settings]: SAYS_ONE };
  const startS = facts.timeS + 10n;
  const announced = call(ONE, assetManager, 'setMinimumRedeemAmountUBA', [1n]);
  const before = [at(startS, call(governor, assetManager, 'switchToProductionMode')), announced];
  const execute = (name: string, must: Must, atS: bigint, data = announced.data): Probe => ({
    name: `executeGovernanceCall ${name}`,
    must,
    play: { before, codes, act: at(atS, call(STRANGER, assetManager, 'executeGovernanceCall', [data])) },
  });
  return [
    execute('one second early', refused('TimelockNotAllowedYet'), startS),
    execute('when the timelock is over', THROUGH, startS + 1n),
    execute('of what was not announced', refused('TimelockInvalidSelector'), startS + 1n, id('nothing')),
    {
      name: 'setMinimumRedeemAmountUBA by a stranger in production mode',
      must: refused('OnlyGovernance'),
      play: { before, codes, act: call(STRANGER, assetManager, 'setMinimumRedeemAmountUBA', [1n]) },
    },
  ];
}

/** Code that answers 1 to whatever it is asked. */
const SAYS_ONE = '0x600160005260206000f3';
