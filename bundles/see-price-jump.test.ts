/** Examples of looking on while the price jumps. */
import { expect, test } from 'vitest';
import { NOTHING_EXPECTED } from '../support/model/statement.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { seePriceJump } from './see-price-jump.ts';
import { comesTo, viewOf } from './testing/examples.ts';

test.each([
  [0, {}, '-4000'],
  [CHOICE_MAX, {}, '30000'],
  [CHOICE_MAX, { shiftBips: '17' }, '17'],
])('choice %s with %j is a shift of %s bips', (choice, params, shiftBips) =>
  expect(seePriceJump.resolve(viewOf(), [choice], params).plan).toEqual({ shiftBips }),
);

test('the devnet is asked for it, and nothing of the user moves', async () => {
  const shifts: number[] = [];
  const faults = { publishPrice: async (shiftBips: number) => void shifts.push(shiftBips) };
  expect(await comesTo(seePriceJump, viewOf(), [0], { faults })).toEqual(NOTHING_EXPECTED);
  expect(shifts).toEqual([-4_000]);
});

test('where prices do not jump on demand that is said', async () => {
  await expect(comesTo(seePriceJump, viewOf(), [0], {})).rejects.toThrow('prices jump on demand only on a devnet');
});
