/** What a shared fee makes of a pool's accounts: computed from the fee and the share, whatever an event told. */
import { describe, expect, it } from 'vitest';
import { type PoolEvent, replayPools } from './pool-replay.ts';

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
