/** The plan gives what is wanted where it can, an even part where it must, and is refused below the least. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { suite } from '../../fixtures/suite.ts';
import { type Prices, type Purse, type Work, FundingRefused, planFunding, planText, requireLeast } from './plan.ts';

const GWEI = 10n ** 9n;
const COIN = 10n ** 18n;
const XRP = 1_000_000n;
const prices: Prices = {
  lotSizeUba: 10n * XRP,
  agentFeeBips: 25n,
  reservationFeePerLotWei: COIN,
  attestationFeeWei: 1000n,
  maxFeePerGasWei: 100n * GWEI,
  ledgerFeeDrops: 20n,
  baseReserveDrops: XRP,
};
const work = (user: string, part: Partial<Work> = {}): Work => ({
  user,
  steps: 100,
  mintings: 40,
  entersPools: true,
  ...part,
});
const two = [work('user-1'), work('user-2'), work('user-1-partner'), work('user-2-partner')];
const rich: Purse = { nativeWei: 10n ** 6n * COIN, drops: 10n ** 6n * XRP };
const planWith = (funder: Purse, purses: ReadonlyMap<string, Purse> = new Map(), works = two) =>
  planFunding(suite.reserves, works, prices, purses, funder);

/** What is not as it must be in how one kind of money is shared out. */
function unfairIn({ users, funder, short }: ReturnType<typeof planWith>, kind: keyof Purse): string[] {
  const available = funder.has[kind] - funder.keeps[kind];
  const given = users.reduce((sum, { gets }) => sum + gets[kind], 0n);
  const rules = {
    'nothing is given below the least': short.ofLeast[kind] === 0n || given === 0n,
    'what the funder keeps is kept': given === 0n || given <= available,
    'nobody gets more than they want': users.every(({ gets, wanted }) => gets[kind] <= wanted[kind]),
    'everybody gets the least': short.ofLeast[kind] > 0n || users.every(({ gets, least }) => gets[kind] >= least[kind]),
    'only rounding stays behind':
      short.ofLeast[kind] > 0n || short.ofWanted[kind] === 0n || available - given < BigInt(users.length),
    'all is given where there is enough':
      short.ofWanted[kind] > 0n || users.every(({ gets, wanted }) => gets[kind] === wanted[kind]),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

describe('planFunding', () => {
  test('a rich funder gives everybody what they want, by figures worked out by hand', () => {
    const { users, funder, short } = planWith(rich);
    // 100 steps of three transactions of 600 000 gas and once the limit of 6 million, at 100 gwei; 100 attestations; 40
    // mintings of 5 lots with a twentieth on top; 10 coins that pools leave alone, 500 to enter with.
    const nativeWei = 186_000_000n * 100n * GWEI + 100_000n + 210n * COIN + 510n * COIN;
    // A lot for each minting with its fee, 2 XRP that mintings leave alone, 100 ledger fees.
    const drops = 401_000_000n + 2n * XRP + 2000n;
    expect(users[0]).toMatchObject({ user: 'user-1', wanted: { nativeWei, drops }, gets: { nativeWei, drops } });
    // Five steps: gas and fees, no XRP.
    const partner = { nativeWei: 15_000_000n * 100n * GWEI + 5000n, drops: 0n };
    expect(users[2]).toMatchObject({ user: 'user-1-partner', gets: partner });
    expect(funder.keeps).toEqual({ nativeWei: (8n * 21_000n + 6_000_000n) * 100n * GWEI, drops: XRP + 160n });
    expect(short).toEqual({ ofWanted: { nativeWei: 0n, drops: 0n }, ofLeast: { nativeWei: 0n, drops: 0n } });
  });

  test('users who enter no pools and mint nothing need neither', () => {
    const plan = planWith(rich, new Map(), [work('user-1', { mintings: 0, entersPools: false })]);
    expect(plan.users[0]?.wanted).toEqual({
      nativeWei: 186_000_000n * 100n * GWEI + 100_000n,
      drops: 2n * XRP + 2000n,
    });
  });

  test('what users have already is not given again', () => {
    const has = { nativeWei: 7n * COIN, drops: 3n * XRP };
    const [first, second] = planWith(rich, new Map([['user-1', has]])).users;
    expect((second?.gets.nativeWei ?? 0n) - (first?.gets.nativeWei ?? 0n)).toBe(7n * COIN);
    expect((second?.gets.drops ?? 0n) - (first?.gets.drops ?? 0n)).toBe(3n * XRP);
    const plenty = planWith(rich, new Map([['user-1', rich]])).users[0];
    expect(plenty?.gets).toEqual({ nativeWei: 0n, drops: 0n });
  });

  test('a funder with less gives an even part, at least the least, and keeps what it must', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 1000n * COIN }),
        fc.bigInt({ min: 0n, max: 300n * XRP }),
        fc.array(fc.nat({ max: 300 }), { minLength: 4, maxLength: 4 }),
        (nativeWei, drops, steps) => {
          const works = two.map((each, index) => ({ ...each, steps: steps[index] ?? 0 }));
          const plan = planWith({ nativeWei, drops }, new Map(), works);
          for (const kind of ['nativeWei', 'drops'] as const) expect(unfairIn(plan, kind)).toEqual([]);
        },
      ),
    );
  });

  test('equal users get equal parts', () => {
    const [first, second] = planWith({ nativeWei: 200n * COIN, drops: 90n * XRP }).users;
    expect(first?.gets).toEqual(second?.gets);
  });
});

describe('requireLeast', () => {
  test('passes a plan with the least', () => {
    expect(() => requireLeast(planWith({ nativeWei: 200n * COIN, drops: 90n * XRP }))).not.toThrow();
  });

  test('refuses one below it and shows the sums', () => {
    const plan = planWith({ nativeWei: 40n * COIN, drops: 20n * XRP });
    expect(() => requireLeast(plan)).toThrow(FundingRefused);
    const { nativeWei, drops } = plan.short.ofLeast;
    expect(nativeWei > 0n && drops > 0n).toBe(true);
    expect(() => requireLeast(plan)).toThrow(/the funder has too little: [\d.]+ native and [\d.]+ XRP missing\n/);
    expect(() => requireLeast(plan)).toThrow(planText(plan));
  });

  test('one kind of money is enough to refuse', () => {
    expect(() => requireLeast(planWith({ ...rich, drops: 0n }))).toThrow(/too little: [\d.]+ XRP missing/);
  });
});
