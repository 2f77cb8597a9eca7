import { describe, expect, test } from 'vitest';
import {
  MINTING_STATUSES,
  REDEMPTION_STATUSES,
  activeRecords,
  canChange,
  idOf,
  isMinting,
  isRedemption,
  mintingRecord,
  redemptionRecord,
} from './records.ts';

describe('a record', () => {
  test('is named by its kind and number', () => {
    expect(mintingRecord(12n)).toBe('minting 12');
    expect(idOf(redemptionRecord(34n))).toBe(34n);
    expect([isMinting('minting 1'), isMinting('redemption 1')]).toEqual([true, false]);
    expect([isRedemption('redemption 1'), isRedemption('minting 1')]).toEqual([true, false]);
  });

  test('is active until somebody ends it', () => {
    const records = { 'minting 1': { status: 'ACTIVE' }, 'redemption 2': { status: 'DEFAULTED_UNCONFIRMED' } };
    expect(activeRecords(records)).toEqual(['minting 1']);
  });

  test('can change while it is active, and after a default until the agent is known to have failed', () => {
    const changeable = (statuses: readonly string[]) => statuses.filter((status) => canChange({ status }));
    expect(changeable(MINTING_STATUSES)).toEqual(['ACTIVE']);
    expect(changeable(REDEMPTION_STATUSES)).toEqual(['ACTIVE', 'DEFAULTED_UNCONFIRMED']);
  });
});
