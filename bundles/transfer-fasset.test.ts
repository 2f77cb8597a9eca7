/** Examples of handing FAssets on. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { transferFasset } from './transfer-fasset.ts';
import { comesTo, holding, moved } from './testing/examples.ts';

test.each([
  ['a unit', holding({ fAsset: 1n }), true],
  ['nothing', holding({ fAsset: 0n }), 'the user holds no FAssets'],
])('with %s', (_name, view, enabled) => expect(transferFasset.enabled(view, {})).toBe(enabled));

test.each([
  [0, '1'],
  [5_000, '10001004'],
  [CHOICE_MAX, '20000007'],
])('choice %s of 20,000,007 units is %s', (choice, amountUba) => {
  expect(transferFasset.resolve(holding({ fAsset: 20_000_007n }), [choice], {}).plan).toEqual({ amountUba });
});

test('the amount goes to the partner, and the user has as much less', async () => {
  const asked: unknown[] = [];
  const transferToken = async (...words: unknown[]) => void asked.push(...words);
  const hands = { contracts: { fAsset: '0xfa' }, transferToken };
  const acts = (partner?: string) => comesTo(transferFasset, holding({ fAsset: 7n }), [CHOICE_MAX], { hands, partner });
  expect(moved(await acts('0x02'))).toEqual([['fAsset', -7n]]);
  expect(asked).toEqual([expect.any(String), '0xfa', '0x02', 7n]);
  await expect(acts()).rejects.toThrow('there is no partner');
});
