/** Examples of handing pool tokens on. */
import { expect, test } from 'vitest';
import { poolTransfer } from './pool-transfer.ts';
import { COIN, comesTo, inPool, moved, viewOf } from './testing/examples.ts';

const TO = { to: '0x02' };

test.each([
  ['tokens and a receiver', inPool(), TO, true],
  ['nobody to transfer to', inPool(), {}, 'nobody is named to transfer to'],
  ['no tokens', viewOf(), TO, 'the user has no pool tokens that may be transferred'],
])('with %s', (_name, view, params, enabled) => expect(poolTransfer.enabled(view, params)).toBe(enabled));

test.each([
  ['all that are free of debt', {}, 60n * COIN],
  ['what is asked for', { tokens: '7' }, 7n],
  ['no more than are free of debt', { tokens: String(61n * COIN) }, 60n * COIN],
])('%s', (_name, params, tokensWei) =>
  expect(poolTransfer.resolve(inPool(), [], { ...TO, ...params }).plan).toMatchObject({
    ...TO,
    tokensWei: String(tokensWei),
  }),
);

test('nothing moves but what the replay of the pool says', async () => {
  const asked: unknown[] = [];
  const transferTokens = async (...words: unknown[]) => void asked.push(...words);
  const expectation = await comesTo(poolTransfer, inPool(), [], { poolManager: { transferTokens } }, TO);
  expect(asked).toEqual([expect.any(String), '0x02', 60n * COIN]);
  expect(moved(expectation)).toEqual([]);
});
