/** Examples of entering a pool. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX } from '../support/sequence/bundle.ts';
import { poolEnter } from './pool-enter.ts';
import { COIN, comesTo, inPool, moved, viewOf, wrongClaims } from './testing/examples.ts';

const poor = () => {
  const { user, ...rest } = inPool();
  return { ...rest, user: { ...user, balances: { native: 11n * COIN - 1n } } };
};

test.each([
  ['a pool and coins', inPool(), true],
  ['less than a coin to spare', poor(), 'the user has too little native coin'],
  ['no pool', viewOf(), 'no pool can be entered'],
])('with %s', (_name, view, enabled) => expect(poolEnter.enabled(view, {})).toBe(enabled));

test.each([
  [0, COIN],
  [CHOICE_MAX, 1_990n * COIN],
])('choice %s of 2,000 coins', (choice, amountWei) =>
  expect(poolEnter.resolve(inPool(), [choice, choice], {}).plan).toMatchObject({
    agentVault: CHEAP_VAULT,
    amountWei: String(amountWei),
  }),
);

test('a coin is half a token, locked for a minute', async () => {
  const entry = { amountWei: COIN, tokensWei: COIN / 2n, lockedUntilS: 160n, atS: 100n };
  const enters = (seen: object) => comesTo(poolEnter, inPool(), [0, 0], { poolManager: { enter: async () => seen } });
  const expectation = await enters(entry);
  expect(moved(expectation)).toEqual([['native', -COIN]]);
  expect(wrongClaims(expectation)).toEqual([]);
  expect(wrongClaims(await enters({ ...entry, tokensWei: COIN / 2n + 1n }))).toEqual(['CPEntered receivedTokensWei']);
});
