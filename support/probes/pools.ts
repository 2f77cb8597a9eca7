/** Probes of pools: tokens a second before they are free and when they are, fee debt to the last unit, the least that stays. */
import { at, minted } from './acts.ts';
import { call, views } from './calls.ts';
import { type AgentFacts, type Facts, has } from './facts.ts';
import { newAgent } from './new-agent.ts';
import { OTHER_USER, USER } from './people.ts';
import { type Must, type Probe, THROUGH, refused } from './probe.ts';
import type { Prober } from './prober.ts';
import { addressProof } from './proofs.ts';
import type { Call } from './simulation.ts';

const COIN = 10n ** 18n;
const ENTRY_WEI = 100n * COIN;

export async function pools(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  return [
    ...(await timelocks(prober, facts, agent)),
    ...(await debts(prober, facts, agent)),
    ...(has(facts, 'createAgentVault') ? await least(prober, facts, agent) : []),
  ];
}

/** What a view tells of the user after these calls. */
const after = async (
  prober: Prober,
  facts: Facts,
  before: readonly Call[],
  to: string,
  name: string,
): Promise<bigint> => BigInt((await prober.viewAfter(facts, before, to, views, name, [USER]))[0]);

async function timelocks(prober: Prober, facts: Facts, { pool, poolToken }: AgentFacts): Promise<Probe[]> {
  const enteredAtS = facts.timeS + 10n;
  const freeAtS = enteredAtS + BigInt(facts.settings['collateralPoolTokenTimelockSeconds']);
  const before = [at(enteredAtS, call(USER, pool, 'enter', [], ENTRY_WEI))];
  const tokensWei = await after(prober, facts, before, poolToken, 'balanceOf');
  const exit = (name: string, must: Must, atS: bigint, amountWei: bigint): Probe => ({
    name: `CollateralPool.exit ${name}`,
    must,
    play: { before, act: at(atS, call(USER, pool, 'exit', [amountWei])) },
  });
  const locked = refused('InsufficientNonTimelockedBalance');
  const enter = (name: string, must: Must, valueWei: bigint): Probe => ({
    name: `CollateralPool.enter ${name}`,
    must,
    play: { before: [], act: call(USER, pool, 'enter', [], valueWei) },
  });
  return [
    enter('with one coin', THROUGH, COIN),
    enter('with one coin less a wei', refused('AmountOfNatTooLow'), COIN - 1n),
    {
      name: 'native coin sent plainly to a pool',
      must: refused('OnlyInternalUse'),
      play: { before: [], act: { from: USER, to: pool, data: '0x', valueWei: 1n } },
    },
    exit('one second before the timelock ends', locked, freeAtS - 1n, COIN),
    exit('when the timelock has ended', THROUGH, freeAtS, tokensWei),
    exit('of one token unit more than held', refused('TokenBalanceTooLow'), freeAtS, tokensWei + 1n),
    exit('of nothing', refused('TokenShareIsZero'), freeAtS, 0n),
  ];
}

/** Whoever enters a pool that has earned fees owes their share of them, and can hand no token on that stands for it. */
async function debts(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { pool, poolToken } = agent;
  const { fAsset } = facts.contracts;
  const earned = await minted(prober, facts, agent);
  const enteredAtS = facts.timeS + 10n;
  const freeAtS = enteredAtS + BigInt(facts.settings['collateralPoolTokenTimelockSeconds']);
  // As much as the pool has, or the debt is rounded to nothing.
  const [poolWei] = await prober.view(facts, pool, views, 'totalCollateral');
  const indebted = [...earned, at(enteredAtS, call(USER, pool, 'enter', [], BigInt(poolWei) + ENTRY_WEI))];
  const debtUba = await after(prober, facts, indebted, pool, 'fAssetFeeDebtOf');
  // An agent may leave its pool nothing of its fees.
  if (debtUba === 0n) return [];
  const tokensWei = await after(prober, facts, indebted, poolToken, 'balanceOf');
  const approved = [...indebted, call(USER, fAsset, 'approve', [pool, debtUba + 1n])];
  const pay = (name: string, must: Must, amountUba: bigint, before = approved): Probe => ({
    name: `CollateralPool.payFAssetFeeDebt ${name}`,
    must,
    play: { before, act: call(USER, pool, 'payFAssetFeeDebt', [amountUba]) },
  });
  const hand = (name: string, must: Must, before: readonly Call[], atS: bigint): Probe => ({
    name: `CollateralPoolToken.transfer ${name}`,
    must,
    play: { before, act: at(atS, call(USER, poolToken, 'transfer', [OTHER_USER, tokensWei])) },
  });
  const paid = [...approved, call(USER, pool, 'payFAssetFeeDebt', [debtUba])];
  const withdraw = (name: string, must: Must, amountUba: bigint): Probe => ({
    name: `CollateralPool.withdrawFees ${name}`,
    must,
    play: { before: paid, act: call(USER, pool, 'withdrawFees', [amountUba]) },
  });
  const claimUba = await after(prober, facts, paid, pool, 'fAssetFeesOf');
  return [
    pay('of all', THROUGH, debtUba),
    pay('of one unit too much', refused('PaymentLargerThanFeeDebt'), debtUba + 1n),
    pay('of nothing', refused('ZeroFAssetDebtPayment'), 0n),
    pay('that was not approved', refused('FAssetAllowanceTooSmall'), debtUba, indebted),
    hand('with fee debt', refused('InsufficientTransferableBalance'), indebted, freeAtS),
    hand('without fee debt', THROUGH, paid, freeAtS),
    hand('one second before the timelock ends', refused('InsufficientNonTimelockedBalance'), paid, freeAtS - 1n),
    withdraw('of all', THROUGH, claimUba),
    withdraw('of one unit too much', refused('FreeFAssetBalanceTooSmall'), claimUba + 1n),
    withdraw('of nothing', refused('WithdrawZeroFAsset'), 0n),
  ];
}

/** A pool keeps nothing, or at least one coin and one token. Only a new agent's pool can come so low. */
async function least(prober: Prober, facts: Facts, agent: AgentFacts): Promise<Probe[]> {
  const { address, create, pool, made } = await newAgent(prober, facts, agent);
  const enteredAtS = facts.timeS + 10n;
  const freeAtS = enteredAtS + BigInt(facts.settings['collateralPoolTokenTimelockSeconds']);
  const before = [...made, at(enteredAtS, call(USER, pool, 'enter', [], 3n * COIN))];
  const exit = (name: string, must: Must, tokensWei: bigint): Probe => ({
    name: `CollateralPool.exit that leaves ${name}`,
    must,
    play: { before, act: at(freeAtS, call(USER, pool, 'exit', [tokensWei])) },
  });
  const creation = (name: string, must: Must, of: ReturnType<typeof addressProof>, verified = false): Probe => ({
    name: `createAgentVault ${name}`,
    must,
    play: { before: [], verified, act: create(of) },
  });
  return [
    exit('one coin', THROUGH, 2n * COIN),
    exit('a wei less than one coin', refused('TokenSupplyAfterExitTooLow'), 2n * COIN + 1n),
    exit('nothing', THROUGH, 3n * COIN),
    creation(
      'with a proof that the FDC does not know',
      refused('AddressValidityNotProven'),
      addressProof(facts, address),
      true,
    ),
    creation(
      'with an invalid address',
      refused('AddressInvalid'),
      addressProof(facts, address, { response: { isValid: false } }),
    ),
    creation(
      "with another agent's address",
      refused('AddressAlreadyClaimed'),
      addressProof(facts, agent.underlyingAddress),
    ),
  ];
}
