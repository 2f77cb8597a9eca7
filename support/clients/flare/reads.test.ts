/** What is remembered of a question must never be taken for another question's, contract's or moment's answer. */
import { expect, test } from 'vitest';
import { erc20Interface } from './interfaces.ts';
import { readBigint, readContract } from './reads.ts';

const [TOKEN, OTHER_TOKEN] = ['1', '2'].map((digit) => `0x${digit.repeat(40)}`);
const [HOLDER, OTHER_HOLDER] = ['a', 'b'].map((digit) => `0x${digit.repeat(40)}`);
const answer = (amount: bigint): string => erc20Interface.encodeFunctionResult('balanceOf', [amount]);
const balance = (token = '', holder = '') => readBigint(token, erc20Interface, 'balanceOf', [holder]);

test('the same question is the same call, another one is another', () => {
  const expected = { to: TOKEN, data: erc20Interface.encodeFunctionData('balanceOf', [HOLDER]) };
  for (const read of [balance(TOKEN, HOLDER), balance(TOKEN, HOLDER)])
    expect(read.requests('0x7')).toEqual([{ method: 'eth_call', params: [expected, '0x7'] }]);
  expect(balance(TOKEN, OTHER_HOLDER).requests('0x7')).not.toEqual(balance(TOKEN, HOLDER).requests('0x7'));
});

test('each answer is decoded for itself, whatever was answered before', () => {
  const first = balance(TOKEN, HOLDER);
  expect([5n, 6n, 6n, 5n].map((amount) => first.decode([answer(amount)]))).toEqual([5n, 6n, 6n, 5n]);
  expect(balance(OTHER_TOKEN, HOLDER).decode([answer(7n)])).toBe(7n);
  expect(first.decode([answer(5n)])).toBe(5n);
});

test('the same answer is decoded once', () => {
  const read = () => readContract(TOKEN ?? '', erc20Interface, 'symbol', [], (result) => result);
  const said = erc20Interface.encodeFunctionResult('symbol', ['X']);
  expect(read().decode([said])).toBe(read().decode([said]));
});
