/** Whose move it is: what is waited for, what is left to the user, and what must come of the wait. */
import { describe, expect, test } from 'vitest';
import { sampleMarket, sampleUser } from '../support/model/testing/sample-market.ts';
import type { View } from '../support/sequence/bundle.ts';
import { redeemDefault } from './redeem-default.ts';
import { waitForOthers } from './wait-for-others.ts';

const market = sampleMarket();
const { ledger, ledgerTimeS } = market.point;
const PAST = { lastBlock: String(ledger - 1), lastTimestampS: String(ledgerTimeS - 1) };
const COMING = { lastBlock: String(ledger + 9), lastTimestampS: String(ledgerTimeS + 9) };

const viewOf = (
  records: Readonly<Record<string, string>>,
  notes: View['notes'],
  paid: readonly string[] = [],
): View => ({
  user: {
    ...sampleUser(),
    records: Object.fromEntries(Object.entries(records).map(([id, status]) => [id, { status }])),
  },
  market,
  notes,
  timelocks: {},
  paid: new Set(paid),
});

describe('the next move', () => {
  test.each([
    ['an unpaid minting', viewOf({ 'minting 1': 'ACTIVE' }, {}), true, false],
    ['a paid minting', viewOf({ 'minting 1': 'ACTIVE' }, { 'minting 1': { paymentHash: 'AA' } }), false, false],
    ['a redemption in its window', viewOf({ 'redemption 2': 'ACTIVE' }, { 'redemption 2': COMING }), true, false],
    ['an unpaid one after it', viewOf({ 'redemption 2': 'ACTIVE' }, { 'redemption 2': PAST }), false, true],
    [
      'a paid one after it',
      viewOf({ 'redemption 2': 'ACTIVE' }, { 'redemption 2': PAST }, ['redemption 2']),
      true,
      false,
    ],
    ['one that has ended', viewOf({ 'redemption 2': 'BLOCKED' }, { 'redemption 2': PAST }), false, false],
  ])('%s', (_name, view, isOthers, isDefault) => {
    expect(waitForOthers.enabled(view, {}) === true).toBe(isOthers);
    expect(redeemDefault.enabled(view, {}) === true).toBe(isDefault);
  });

  test('all that others owe is waited for at once, and nothing else', () => {
    const records = { 'minting 1': 'ACTIVE', 'minting 3': 'ACTIVE', 'redemption 2': 'ACTIVE' };
    const view = viewOf(records, { 'minting 3': { paymentHash: 'AA' }, 'redemption 2': COMING });
    expect(waitForOthers.resolve(view, [], {}).plan).toEqual({ records: 'minting 1,redemption 2' });
  });
});
