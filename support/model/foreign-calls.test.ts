/** What others' calls come to for a user, by what was asked for. */
import { expect, test } from 'vitest';
import { type ForeignCall, explainCalls } from './foreign-calls.ts';

const [USER, SENDER] = ['0x01', '0x02'];
const transfer = (change: Partial<ForeignCall> = {}): ForeignCall => ({
  hash: '0xaa',
  sender: SENDER,
  what: 'fAsset.transfer',
  args: { to: USER, amount: 7n },
  ...change,
});

test('FAssets that are handed on arrive whole', () => {
  const text = 'FAssets handed on by 0x02';
  expect(explainCalls(USER, [transfer()])).toEqual([
    { account: 'fAsset', amount: 7n, cause: 'background', text, source: '0xaa' },
  ]);
});

test.each([
  ['to somebody else', { args: { to: '0x03', amount: 7n } }],
  ['of a kind that nobody knows', { what: 'assetManager.transfer' }],
])('a call %s explains nothing', (_name, change) => expect(explainCalls(USER, [transfer(change)])).toEqual([]));
