/** Examples of leaving a pool. */
import { expect, test } from 'vitest';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { poolExit } from './pool-exit.ts';
import { COIN, comesTo, inPool, moved, viewOf, wrongClaims, refusedWith } from './testing/examples.ts';

test.each([
  ['tokens', inPool(), true],
  ['none', viewOf(), 'the user has no pool tokens that may be exited now'],
])('with %s', (_name, view, enabled) => expect(poolExit.enabled(view, {})).toBe(enabled));

test.each([
  ['the least that anything is paid for', 0, '1'],
  ['all', CHOICE_MAX, String(100n * COIN)],
])('%s', (_name, choice, tokensWei) =>
  expect(poolExit.resolve(inPool(), [choice, choice], {}).plan).toMatchObject({ tokensWei }),
);

test('a tenth of the tokens is a tenth of the collateral', async () => {
  const exit = { tokensWei: 100n * COIN, collateralWei: 200n * COIN };
  const exits = (seen: object) =>
    comesTo(poolExit, inPool(), [0, CHOICE_MAX], { poolManager: { exit: async () => seen } });
  const expectation = await exits(exit);
  expect(moved(expectation)).toEqual([['native', 200n * COIN]]);
  expect(wrongClaims(expectation)).toEqual([]);
  expect(wrongClaims(await exits({ ...exit, collateralWei: 200n * COIN - 1n }))).toEqual(['CPExited receivedNatWei']);
});

test('it must be refused when others have minted so much that the pool may not pay it any more', () => {
  const refused = refusedWith(poolExit, inPool(), [0, CHOICE_MAX], [inPool(), inPool({}, {}, 8_000_000n)]);
  expect(refused).toEqual([undefined, 'CollateralRatioFallsBelowExitCR']);
});
