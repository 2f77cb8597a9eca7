/** A refusal is known by its name; errors that say nothing about the protocol are not refusals. */
import { describe, expect, test } from 'vitest';
import { RequestRejected, ServiceUnavailable } from '../clients/fdc/errors.ts';
import { type Receipt, TransactionReverted } from '../clients/flare/account.ts';
import { wei } from '../units/amounts.ts';
import { NOT_REFUSED } from '../model/statement.ts';
import { ATTESTATION_REFUSED, refusedWith } from './refused.ts';

const RECEIPT: Receipt = {
  hash: '0x01',
  blockNumber: 5,
  transactionIndex: 0,
  succeeded: false,
  gasCostWei: wei(1n),
  logs: [],
  contractAddress: undefined,
};
const failing = (error: Error) => async (): Promise<never> => {
  throw error;
};

describe('refusedWith', () => {
  test('a custom error by its name', async () => {
    const revert = { name: 'InvalidCrtId', text: 'InvalidCrtId()' };
    expect(await refusedWith(failing(new TransactionReverted(RECEIPT, revert)))).toBe('InvalidCrtId');
  });

  test('a revert without a custom error by its reason', async () => {
    const revert = { name: undefined, text: 'ERC20: burn amount exceeds balance' };
    expect(await refusedWith(failing(new TransactionReverted(RECEIPT, revert)))).toBe(revert.text);
  });

  test('the verifier’s no', async () => {
    const rejected = new RequestRejected('Payment', 'INVALID: TRANSACTION DOES NOT EXIST');
    expect(await refusedWith(failing(rejected))).toBe(ATTESTATION_REFUSED);
  });

  test('an act that goes through', async () => {
    expect(await refusedWith(() => Promise.resolve('done'))).toBe(NOT_REFUSED);
  });

  test('a server that cannot be reached goes on as an error', async () => {
    const error = new ServiceUnavailable('nobody answers');
    await expect(refusedWith(failing(error))).rejects.toBe(error);
  });
});
