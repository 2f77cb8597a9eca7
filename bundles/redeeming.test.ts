/** Examples of what redeeming bundles share: what must come of their requests. */
import { redemptionReference } from '../support/model/background.ts';
import { describe, expect, test } from 'vitest';
import { drawStatement } from '../support/model/statement.ts';
import { CHEAP_VAULT, DEAR_VAULT, sampleMarket, sampleUser } from '../support/model/testing/sample-market.ts';
import {
  type ObservedRedemption,
  blockedByNobody,
  expectedRequests,
  predictedAmount,
  predictedLots,
} from './redeeming.ts';

const market = sampleMarket();

describe('what must come of the requests', () => {
  const request = (id: bigint, agentVault: string, valueUba: bigint): ObservedRedemption['requests'][number] => ({
    id,
    block: 1,
    agentVault,
    redeemer: '0xabcd',
    valueUba,
    feeUba: valueUba / 200n,
    paymentAddress: 'rUser',
    firstBlock: 1_000_003n,
    lastBlock: 1_000_504n,
    lastTimestampS: 1_795_349_414n,
    paymentReference: `0x${redemptionReference(id)}`,
    executorFeeWei: 0n,
  });
  const SEEN: ObservedRedemption = {
    redeemer: '0xABCD',
    ledgerAddress: 'rUser',
    incomplete: [],
    requests: [request(384n, CHEAP_VAULT, 20_000_000n), request(385n, DEAR_VAULT, 10_000_000n)],
  };
  const expectation = (seen: ObservedRedemption) => expectedRequests(market, predictedLots(market, 3n), seen);
  const mismatchesOf = (seen: ObservedRedemption) => {
    const { claims } = expectation(seen);
    const user = sampleUser();
    return drawStatement('u', user, { movements: [], records: {}, claims }, user).mismatches.map(({ kind }) => kind);
  };

  test('the FAssets are burned at once, one open record for each agent in the order of the queue', () => {
    const { movements, records } = expectation(SEEN);
    expect(movements).toMatchObject([{ account: 'fAsset', amount: -30_000_000n, cause: 'own' }]);
    expect(records).toMatchObject({
      'redemption 384': { status: 'ACTIVE', agentVault: CHEAP_VAULT, valueUba: '20000000', feeUba: '100000' },
      'redemption 385': { status: 'ACTIVE', agentVault: DEAR_VAULT, valueUba: '10000000', feeUba: '50000' },
    });
    const share = market.agents.find(({ vault }) => vault === CHEAP_VAULT)?.redemptionPoolFeeShareBips;
    expect(records['redemption 384']).toMatchObject({ poolFeeShareBips: String(share) });
    expect(records['redemption 384']).toMatchObject({ redeemer: '0xabcd', paymentAddress: 'rUser' });
    expect(mismatchesOf(SEEN)).toEqual([]);
  });

  test('a plain redemption that ends as blocked is never silent', () => {
    const kindsOf = (statuses: readonly string[]) =>
      blockedByNobody(statuses)
        .filter(({ expected, actual }) => expected !== actual)
        .map(({ what }) => what);
    expect(kindsOf(['SUCCESSFUL', 'ACTIVE'])).toEqual([]);
    expect(kindsOf(['SUCCESSFUL', 'BLOCKED'])).toEqual(['ending of a redemption that nobody blocks']);
  });

  const [first, second] = SEEN.requests;
  test.each([
    ['the wrong order', [second, first]],
    ['an agent left out', [first]],
    ['a fee rounded up', [first && { ...first, feeUba: 100_001n }, second]],
    ['a value one drop short', [first, second && { ...second, valueUba: 9_999_999n }]],
    ['the wrong agent', [first, second && { ...second, agentVault: CHEAP_VAULT }]],
  ])('%s is a mismatch', (_name, requests) => {
    const seen = { ...SEEN, requests: requests.filter((entry) => entry !== undefined) };
    expect(mismatchesOf(seen)).toEqual(['RedemptionRequested events']);
  });

  test.each([
    ['lots that the queue does not have', predictedLots, 30n, 'RedemptionRequestIncomplete 0xabcd'],
    ['an amount that the queue does not have', predictedAmount, 300_000_007n, 'RedemptionAmountIncomplete 0xabcd'],
  ] as const)('%s: told to the last unit', (_name, predicted, asked, event) => {
    const expected = predicted(market, asked);
    const remaining = predicted === predictedLots ? expected.remainingUba / 10_000_000n : expected.remainingUba;
    expect(remaining).toBeGreaterThan(0n);
    const claimWith = (incomplete: readonly string[]) =>
      expectedRequests(market, expected, { ...SEEN, incomplete }).claims.find(({ what }) =>
        what.includes('incomplete'),
      );
    const right = claimWith([`${event} ${remaining}`]);
    expect(right?.actual).toBe(right?.expected);
    for (const wrong of [[], [`${event} ${remaining + 1n}`], [`${event} ${remaining}`, `${event} ${remaining}`]])
      expect(claimWith(wrong)).toMatchObject({ expected: `${event} ${remaining}`, actual: wrong.join(', ') });
  });

  test('amounts never come from the events: wrong ones burn nothing more', () => {
    const wrong = { ...SEEN, requests: SEEN.requests.map((entry) => ({ ...entry, valueUba: 1n })) };
    expect(expectation(wrong).movements).toEqual(expectation(SEEN).movements);
  });
});
