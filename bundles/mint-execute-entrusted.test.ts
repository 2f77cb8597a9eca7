/** Examples of executing somebody else's minting as its executor: when it may be done, and what must come of it. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { mintExecuteEntrusted } from './mint-execute-entrusted.ts';
import { comesTo, mintsALot, moved, viewOf, wrongClaims } from './testing/examples.ts';

const fields = {
  status: 'ACTIVE',
  minter: '0xabcd',
  executor: '0xe1',
  executorFeeWei: '3000000000',
  valueUba: '10000000',
  feeUba: '25000',
};
const entrusted = (paymentHash: string | undefined) =>
  viewOf({ entrusted: [{ record: 'minting 851', fields, paymentHash, isOverdue: false }] });
const executing = (feeUba?: bigint) => ({
  minter: {
    executeIfOpen: feeUba === undefined ? async () => undefined : mintsALot(CHEAP_VAULT, feeUba).minter.execute,
  },
});

test('nobody as long as nothing is paid, or nobody is named', () => {
  const why = 'nobody has entrusted the user with a paid minting';
  expect(mintExecuteEntrusted.enabled(entrusted('AB'), {})).toBe(true);
  expect(mintExecuteEntrusted.enabled(entrusted(undefined), {})).toBe(why);
  expect(mintExecuteEntrusted.enabled(viewOf(), {})).toBe(why);
  expect(mintExecuteEntrusted.resolve(entrusted('AB'), [0], {}).plan).toEqual({
    minting: 'minting 851',
    paymentHash: 'AB',
  });
});

test('the executor gets the fee and nothing else', async () => {
  const expectation = await comesTo(mintExecuteEntrusted, entrusted('AB'), [0], executing(25_000n));
  expect(moved(expectation)).toEqual([['wNat', 3_000_000_000n]]);
  expect(expectation.reached).toEqual(['execute: by the executor']);
  expect(wrongClaims(expectation)).toEqual([]);
  const other = await comesTo(mintExecuteEntrusted, entrusted('AB'), [0], executing(25_010n));
  expect(wrongClaims(other)).toEqual(['MintingExecuted fees']);
});

test('nothing when the minter was quicker', async () =>
  expect(moved(await comesTo(mintExecuteEntrusted, entrusted('AB'), [0], executing()))).toEqual([]));
