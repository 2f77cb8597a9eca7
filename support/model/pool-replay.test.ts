/** What a shared fee makes of a pool's accounts: computed from the fee and the share, whatever an event told. */
import { describe, expect, it } from 'vitest';
import { type PoolEvent, replayPools } from './pool-replay.ts';
import { claimMismatch } from './statement.ts';

const VAULT = '0xa';
const base = { vault: VAULT, hash: '0x1' };
const position = {
  totals: { collateralWei: 4n, tokensWei: 4n, feesUba: 0n, feeDebtUba: 0n },
  wNatHeldWei: 4n,
  fAssetHeldUba: 0n,
  agentTokensWei: 4n,
  holding: { tokensWei: 0n, feeDebtUba: 0n },
  claimableFeesUba: 0n,
  transferableWei: 0n,
};
const movementsOf = (event: PoolEvent): readonly (readonly [string, bigint])[] =>
  replayPools('0xuser', { [VAULT]: position }, {}, [event], 0n, 0n).movements.map(({ account, amount }) => [
    account,
    amount,
  ]);

describe('a fee that is shared', () => {
  it('raises what the pool holds and counts by its share, rounded down', () => {
    const event: PoolEvent = {
      ...base,
      kind: 'fee shared',
      feeUba: 61_728n,
      shareBips: 3_000n,
      granularityUba: 1n,
      why: 'redemption 4',
    };
    expect(movementsOf(event)).toEqual([
      [`shared pool ${VAULT} fees`, 18_518n],
      [`shared pool ${VAULT} FAsset held`, 18_518n],
    ]);
  });
});

describe('an event of a pool', () => {
  const claimsOf = (told: Readonly<Record<string, bigint>>) => {
    const event: PoolEvent = { ...base, told, kind: 'entered', holder: '0xuser', amountWei: 8n, lockedUntilS: 0n };
    const { claims, movements } = replayPools('0xuser', { [VAULT]: position }, {}, [event], 0n, 0n);
    return { wrong: claims.flatMap(claimMismatch), movements };
  };

  it('is held against what was asked for and what that comes to', () => {
    const told = { 'CPEntered amountNatWei': 8n, 'CPEntered receivedTokensWei': 8n };
    expect(claimsOf(told).wrong).toEqual([]);
    expect(claimsOf({ ...told, 'CPEntered receivedTokensWei': 9n }).wrong).toMatchObject([
      { kind: 'CPEntered receivedTokensWei', difference: 1n },
    ]);
  });

  it('that is wrong moves no balance', () => {
    const { wrong, movements } = claimsOf({ 'CPEntered amountNatWei': 13n });
    expect(wrong).toMatchObject([
      { kind: 'CPEntered amountNatWei', subject: 'CPEntered amountNatWei of 0x1', difference: 5n },
    ]);
    expect(movements).toContainEqual(
      expect.objectContaining({ account: `shared pool ${VAULT} collateral`, amount: 8n }),
    );
  });
});
