import { Transaction } from 'ethers';
import { expect, test } from 'vitest';
import { encode } from 'xrpl';
import { assetManagerInterface, erc20Interface } from '../../clients/flare/interfaces.ts';
import { addressesOf } from '../../keys/credentials.ts';
import { wellKnownKeys } from '../../keys/key-source.ts';
import { phaseOf } from './acts.ts';

const funder = { name: 'funder', who: addressesOf(wellKnownKeys('funder')) };
const user = addressesOf(wellKnownKeys('user-1'));
const phase = (chain: 'evm' | 'ledger', raw: string, actor = 'user-1') => phaseOf(actor, chain, raw, funder);

const call = (to: string, data: string): string =>
  Transaction.from({ type: 2, chainId: 1n, to, data }).unsignedSerialized;
const payment = (destination: string): string =>
  encode({
    TransactionType: 'Payment',
    Account: user.ledgerAddress,
    Destination: destination,
    Amount: '1',
    Fee: '12',
    Sequence: 1,
  });

test('each act belongs to the phase it is for', () => {
  const redeem = assetManagerInterface.encodeFunctionData('redeem', [1n, 'r', user.evmAddress]);
  const transfer = erc20Interface.encodeFunctionData('transfer', [funder.who.evmAddress, 1n]);
  expect(phase('evm', call(user.evmAddress, '0x'), 'funder')).toBe('funding');
  expect(phase('evm', call(user.evmAddress, redeem))).toBe('redemption');
  expect(phase('evm', call(user.evmAddress, transfer))).toBe('collection');
  expect(phase('evm', call(funder.who.evmAddress, '0x'))).toBe('collection');
  expect(phase('evm', call(user.evmAddress, '0x12345678'))).toBe('other');
  expect(phase('ledger', payment(funder.who.ledgerAddress))).toBe('collection');
  expect(phase('ledger', payment(addressesOf(wellKnownKeys('agent')).ledgerAddress))).toBe('minting');
});
