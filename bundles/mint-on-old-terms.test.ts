/** Examples of minting on terms that have changed since they were seen. */
import { expect, test } from 'vitest';
import { CHEAP_VAULT, sampleAgent, sampleMarket } from '../support/model/testing/sample-market.ts';
import { CHOICE_MAX, type View } from '../support/sequence/bundle.ts';
import { mintOnOldTerms } from './mint-on-old-terms.ts';
import { FEE_OF_A_LOT_WEI, changing, mintsALot, moved, refusedWith, viewOf, wrongClaims } from './testing/examples.ts';

/** The market with one agent on these terms, and a price so many bips higher. */
function marketWith(change: Parameters<typeof sampleAgent>[1], shiftBips = 0n): View {
  const agents = [sampleAgent(CHEAP_VAULT, change)];
  const { nativePrice } = sampleMarket();
  return viewOf({ market: sampleMarket({ agents, nativePrice: (nativePrice * (10_000n + shiftBips)) / 10_000n }) });
}
const seen = marketWith({});
const FEE_CHANGES = { up: 0, down: Math.ceil((CHOICE_MAX + 1) / 7), none: Math.ceil(((CHOICE_MAX + 1) * 2) / 7) };

test.each([
  [FEE_CHANGES.up, 'feeBIPS', '26'],
  [FEE_CHANGES.down, 'feeBIPS', '24'],
  [FEE_CHANGES.none, 'feeBIPS', '0'],
  [CHOICE_MAX, 'price', '-700'],
])('choice %s changes %s to %s', (choice, change, to) =>
  expect(mintOnOldTerms.resolve(seen, [0, 0, choice, 0], {}).plan).toMatchObject({
    change,
    to,
    feeBips: '25',
    lots: '1',
  }),
);

test('a fee that has fallen is what is paid', async () => {
  const { actors, announced } = changing({ feeBips: 24n }, 1);
  const paid: bigint[] = [];
  const { minter } = mintsALot(CHEAP_VAULT, 24_000n);
  const pay = async (_reservation: unknown, amountUba: bigint) => {
    paid.push(amountUba);
    return { hash: 'AB' };
  };
  const acts = { ...actors, minter: { ...minter, pay } };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the actors that this bundle asks
  const run = mintOnOldTerms.resolve(seen, [0, 0, FEE_CHANGES.down, 0], {}).run(acts as never);
  const expectation = (await run)(marketWith({ feeBips: 24n }));
  expect(announced).toEqual([[CHEAP_VAULT, 'feeBIPS', 24]]);
  expect(paid).toEqual([10_024_000n]);
  expect(moved(expectation)).toEqual([
    ['native', -FEE_OF_A_LOT_WEI],
    ['xrp', -10_024_000n],
    ['fAsset', 10_000_000n],
  ]);
  expect(wrongClaims(expectation)).toEqual([]);
  expect(expectation.reached).toContain('reserve: the terms have changed since the look');
});

test('a fee that has risen must be refused, and a price that asks for more than was sent', () => {
  const mets = [
    marketWith({ feeBips: 26n }),
    marketWith({ feeBips: 25n }),
    marketWith({}, 700n),
    marketWith({ freeLots: 0n, feeBips: 26n }),
  ];
  expect(refusedWith(mintOnOldTerms, seen, [0, 0, 0, 0], mets)).toEqual([
    'AgentsFeeTooHigh',
    undefined,
    'InappropriateFeeAmount',
    'NotEnoughFreeCollateral',
  ]);
});
