/** Examples of what minting bundles share: with what money they are enabled, how many lots, what must come of it. */
import { mintingReference } from '../support/model/background.ts';
import { describe, expect, test } from 'vitest';
import type { AgentView } from '../support/model/market.ts';
import { drawStatement } from '../support/model/statement.ts';
import {
  CHEAP_VAULT,
  DEAR_VAULT,
  sampleAgent,
  sampleMarket,
  sampleUser,
} from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX, type View } from '../support/sequence/bundle.ts';
import { mintLowestFeeAgent } from './mint-lowest-fee-agent.ts';
import { mintRandomAgent } from './mint-random-agent.ts';
import { type ObservedMinting, expectedMinting, whyNoMinting } from './minting.ts';

const COIN = 10n ** 18n;

function viewOf(balances: Readonly<Record<string, bigint>> = {}, agents?: readonly AgentView[]): View {
  const market = agents === undefined ? sampleMarket() : sampleMarket({ agents });
  return { user: sampleUser(balances), market, notes: {}, timelocks: {} };
}

describe('enabled', () => {
  test.each([
    ['with money for a lot', viewOf(), true],
    ['with just enough XRP for a lot, its fee and what is kept', viewOf({ xrp: 12_025_000n }), true],
    ['with one drop less', viewOf({ xrp: 12_024_999n }), whyNoMinting],
    ['with nothing for gas', viewOf({ native: COIN }), whyNoMinting],
    ['without XRP', viewOf({ xrp: 0n }), whyNoMinting],
    ['without an agent', viewOf({}, []), whyNoMinting],
    ['when no agent has a lot', viewOf({}, [sampleAgent('0x01', { freeLots: 0n })]), whyNoMinting],
    ['when the only agent is in liquidation', viewOf({}, [sampleAgent('0x01', { status: 2 })]), whyNoMinting],
  ])('%s', (_name, view, enabled) => {
    expect(mintLowestFeeAgent.enabled(view, {})).toBe(enabled);
    expect(mintRandomAgent.enabled(view, {})).toBe(enabled);
  });
});

describe('the plan', () => {
  test.each([
    ['the free lots of the agent', {}, [DEAR_VAULT, 0], '3'],
    ['the XRP of the user', { xrp: 50_000_000n }, [CHEAP_VAULT, CHOICE_MAX], '4'],
    ['the native coin of the user', { native: 4n * COIN }, [CHEAP_VAULT, CHOICE_MAX], '2'],
  ] as const)('the most lots are bounded by %s', (_name, balances, [vault, agent], lots) => {
    expect(mintRandomAgent.resolve(viewOf(balances), [agent, CHOICE_MAX, 0], {}).plan).toMatchObject({
      agentVault: vault,
      lots,
    });
  });

  test.each([
    [1_000_000n, '9'],
    [10_000_000n, '8'],
    [80_000_000n, '1'],
  ] as const)("what the ledger's reserve of %s drops leaves is what can be paid with", (ledgerReserveDrops, lots) => {
    const view = viewOf({ xrp: 99_000_000n });
    const reserved = { ...view, market: { ...view.market, ledgerReserveDrops } };
    expect(mintLowestFeeAgent.resolve(reserved, [CHOICE_MAX], {}).plan).toMatchObject({ lots });
  });

  test('an account with less than a lot above the reserve cannot mint', () => {
    const view = viewOf({ xrp: 99_000_000n });
    const reserved = { ...view, market: { ...view.market, ledgerReserveDrops: 90_000_000n } };
    expect(mintLowestFeeAgent.enabled(reserved, {})).not.toBe(true);
  });

  test('the most lots can really be paid for, fee, surplus and gas included', () => {
    for (const xrp of [12_025_000n, 99_999_999n, 1_000_000_013n])
      for (const native of [3n * COIN, 17n * COIN + 3n, 2_000n * COIN]) {
        const { plan } = mintLowestFeeAgent.resolve(viewOf({ xrp, native }), [CHOICE_MAX], {});
        expect(BigInt(plan['paymentUba'] ?? 0) <= xrp - 2_000_000n).toBe(true);
        expect((BigInt(plan['reservationFeeWei'] ?? 0) * 21n) / 20n <= native - COIN).toBe(true);
      }
  });
});

describe('what must come of it', () => {
  const PLAN = {
    agentVault: CHEAP_VAULT,
    lots: '4',
    feeBips: '25',
    paymentUba: '40100000',
    reservationFeeWei: '5105710697841296418',
  };
  const EXECUTED = { agentVault: CHEAP_VAULT, mintedUba: 40_000_000n, agentFeeUba: 60_000n, poolFeeUba: 40_000n };
  const SEEN: ObservedMinting = {
    minter: '0xABCD',
    paymentHash: 'AB',
    reservation: {
      id: 851n,
      minter: '0xabcd',
      block: 1,
      valueUba: 40_000_000n,
      feeUba: 100_000n,
      firstBlock: 1_000_003n,
      lastBlock: 1_000_504n,
      lastTimestampS: 1_795_349_414n,
      paymentAddress: `ledger account of ${CHEAP_VAULT}`,
      paymentReference: `0x${mintingReference(851n)}`,
      executorFeeWei: 0n,
      atS: 1_795_348_509n,
    },
    executed: EXECUTED,
  };
  const view = viewOf();

  test('recorded: 4 lots at 25 BIPS, to the wei', () => {
    const expectation = expectedMinting(view, PLAN, SEEN);
    expect(expectation.movements.map(({ account, amount, cause }) => [account, amount, cause])).toEqual([
      ['native', -5_105_710_697_841_296_418n, 'own'],
      ['xrp', -40_100_000n, 'own'],
      ['fAsset', 40_000_000n, 'own'],
    ]);
    expect(expectation.records).toEqual({
      'minting 851': {
        status: 'SUCCESSFUL',
        agentVault: CHEAP_VAULT,
        minter: '0xabcd',
        valueUba: '40000000',
        feeUba: '100000',
        reservationFeeWei: '5105710697841296418',
        poolFeeShareBips: '4000',
        firstBlock: '1000003',
        lastBlock: '1000504',
        lastTimestampS: '1795349414',
      },
    });
    expect(expectation.claims.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
  });

  test.each([
    ['MintingExecuted mintedAmountUBA', { executed: { ...EXECUTED, mintedUba: 39_999_999n } }],
    ['MintingExecuted poolFeeUBA', { executed: { ...EXECUTED, poolFeeUba: 39_999n } }],
    ['MintingExecuted agentFeeUBA', { executed: { ...EXECUTED, agentFeeUba: 60_001n } }],
    ['CollateralReserved valueUBA', { reservation: { ...SEEN.reservation, valueUba: 40_000_001n } }],
    ['CollateralReserved feeUBA', { reservation: { ...SEEN.reservation, feeUba: 99_999n } }],
    ['CollateralReserved paymentAddress', { reservation: { ...SEEN.reservation, paymentAddress: 'rOther' } }],
  ])('an event with a wrong %s is a mismatch of that name', (what, wrong) => {
    const { claims } = expectedMinting(view, PLAN, { ...SEEN, ...wrong });
    const user = sampleUser();
    const { mismatches } = drawStatement('u', user, { movements: [], records: {}, claims }, user);
    expect(mismatches.map(({ kind }) => kind)).toEqual([what]);
  });

  test('amounts never come from the events: wrong ones move nothing', () => {
    const wrong = { ...SEEN, executed: { agentVault: CHEAP_VAULT, mintedUba: 1n, agentFeeUba: 2n, poolFeeUba: 3n } };
    expect(expectedMinting(view, PLAN, wrong).movements).toEqual(expectedMinting(view, PLAN, SEEN).movements);
  });
});
