import { describe, expect, test } from 'vitest';
import { CostBook } from '../../actors/costs.ts';
import type { Receipt } from '../../clients/flare/account.ts';
import { wei } from '../../units/amounts.ts';
import { type Comparison, comparePlays } from './compare.ts';
import { differenceText } from './difference-text.ts';
import { isGas } from './figures.ts';
import { type Sample, playOf, seenMinting, vaultOf } from './testing/sample-steps.ts';

const compared = (other: Sample, one: Sample = {}) =>
  comparePlays([playOf([seenMinting(one)]), playOf([seenMinting(other)])]);

const groupsOf = ({ difference }: Comparison) => difference?.groups.map(({ group }) => group);

describe('two plays of one sequence', () => {
  test('are the same with other addresses, other ids and other gas', () => {
    const other = { vault: vaultOf('b'), id: 4000, gasWei: 77n };
    const { difference, bundles } = comparePlays([
      playOf([seenMinting(), seenMinting({ id: 18 })]),
      playOf([seenMinting(other), seenMinting({ ...other, id: 4001 })], vaultOf('b')),
    ]);
    expect(difference).toBeUndefined();
    expect(bundles).toEqual(['mint', 'mint']);
  });

  test('differ in an amount', () => {
    expect(groupsOf(compared({ mintedUba: 9n, claimedUba: 10n }))).toEqual(['account fAsset']);
  });

  test('differ in the figure of an event', () => {
    expect(groupsOf(compared({ claimedUba: 9n }))).toEqual(['claims']);
  });

  test('differ in a field of a record', () => {
    expect(groupsOf(compared({ status: 'ACTIVE' }))).toEqual(['records at the end', 'records expected']);
  });

  test('differ in the agent that was chosen, though it is called otherwise on each side', () => {
    const one = playOf([seenMinting({ vault: vaultOf('a') })], vaultOf('a'));
    const other = playOf([seenMinting({ vault: vaultOf('b') })], vaultOf('c'));
    expect(groupsOf(comparePlays([one, other]))).toContain('plan');
  });

  test('differ in the name of an error', () => {
    const failed = (name: string) => ({
      ...seenMinting(),
      failure: {
        verdict: 'wrong' as const,
        id: `mint: reverted with ${name}`,
        sentence: 'refused',
        transactions: [],
      },
    });
    expect(groupsOf(comparePlays([playOf([failed('A')]), playOf([failed('A')])]))).toBeUndefined();
    expect(groupsOf(comparePlays([playOf([failed('A')]), playOf([failed('B')])]))).toEqual(['outcome']);
  });

  test('differ in why nothing could be done', () => {
    const idle = (notEnabled: string) => ({ ...seenMinting(), step: undefined, statement: undefined, notEnabled });
    const { bundles, difference } = comparePlays([playOf([idle('mint: no lots')]), playOf([idle('mint: no XRP')])]);
    expect(bundles).toEqual([]);
    expect(difference?.groups.map(({ group }) => group)).toEqual(['outcome']);
  });

  test('differ where one ends before the other, and nothing is compared after that', () => {
    const { difference, bundles } = comparePlays([
      playOf([seenMinting()]),
      playOf([seenMinting(), seenMinting(), seenMinting({ mintedUba: 9n })]),
    ]);
    expect(difference?.at).toBe(1);
    expect(bundles).toEqual(['mint', 'mint']);
  });
});

test('only gas is left out of what a user pays for acting', () => {
  const receipt: Receipt = {
    hash: '0x01',
    blockNumber: 1,
    transactionIndex: 0,
    succeeded: true,
    contractAddress: undefined,
    logs: [],
    gasCostWei: wei(21n),
  };
  const costs = new CostBook();
  costs.gas(receipt, 'an attestation request');
  costs.attestation(receipt, 1000n);
  expect(costs.since(0).map(isGas)).toEqual([true, false]);
});

test('a difference is told with both sides of the whole account and the steps so far', () => {
  const plays = [playOf([seenMinting()]), playOf([seenMinting({ mintedUba: 9n, claimedUba: 10n })])] as const;
  const { difference } = comparePlays(plays);
  const text = difference === undefined ? '' : differenceText(difference, ['one', 'other'], plays[1].begun);
  expect(text.split('\n')).toEqual([
    'user-1, mint: one and other differ',
    '   account fAsset           one  other',
    '   opening                  0    0',
    '≠  own minting #1 executed  10   9',
    '≠  expected                 10   9',
    '≠  actual                   10   9',
    'steps so far:',
    `  1. user-1 mint (agentVault ${vaultOf('a')}, lots 1)`,
  ]);
});
