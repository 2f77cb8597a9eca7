/** When the state that a step met is read, and what becomes of the view then. */
import { expect, test } from 'vitest';
import type { Look } from '../actors/actors.ts';
import { sampleMarket, sampleUser } from '../model/testing/sample-market.ts';
import type { View } from '../sequence/bundle.ts';
import { MetLook } from './met-look.ts';

const VIEW: View = { user: sampleUser(), market: sampleMarket(), notes: { kept: {} }, timelocks: {} };
const { block: seenAt } = VIEW.market.point;
const LATER: Look = { market: { ...VIEW.market, nativePrice: 7n }, user: VIEW.user };

function looking(answer: () => Promise<Look> = async () => LATER) {
  const blocks: number[] = [];
  const met = new MetLook(async (block) => {
    blocks.push(block);
    return answer();
  });
  met.begin(VIEW);
  return { met, blocks };
}

test('a transaction in the next block has met what was seen', async () => {
  const { met, blocks } = looking();
  met.booked(seenAt + 1);
  expect(await met.met(VIEW)).toBe(VIEW);
  expect(blocks).toEqual([]);
});

test('the block before the first transaction is read at once, and later ones change nothing', async () => {
  const { met, blocks } = looking();
  met.booked(seenAt + 5);
  expect(blocks).toEqual([seenAt + 4]);
  met.booked(seenAt + 900);
  expect(blocks).toEqual([seenAt + 4]);
  expect(await met.met(VIEW)).toEqual({ ...VIEW, ...LATER });
});

test('without a transaction nothing else was met, also after a step that did', async () => {
  const { met } = looking();
  met.booked(seenAt + 5);
  met.begin(VIEW);
  expect(await met.met(VIEW)).toBe(VIEW);
});

test('what cannot be read is told to whoever asks for it, and read again for the next', async () => {
  let isDown = true;
  const { met, blocks } = looking(async () => {
    if (isDown) throw new Error('gone');
    return LATER;
  });
  met.booked(seenAt + 5);
  await expect(met.met(VIEW)).rejects.toThrow('gone');
  isDown = false;
  expect(await met.met(VIEW)).toEqual({ ...VIEW, ...LATER });
  expect(blocks).toEqual([seenAt + 4, seenAt + 4]);
});
