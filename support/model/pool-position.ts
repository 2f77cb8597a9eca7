/**
 * One pool as a user sees it, and the names of its accounts in a statement.
 */
import type { Holding, PoolTotals } from './pool.ts';

/** Amounts as the pool's views gave them at one block. */
export interface PoolPosition {
  readonly totals: PoolTotals;
  /** What the pool's accounts really hold; more than the totals only after a donation. */
  readonly wNatHeldWei: bigint;
  readonly fAssetHeldUba: bigint;
  /** Pool tokens of the agent's vault. */
  readonly agentTokensWei: bigint;
  readonly holding: Holding;
  readonly claimableFeesUba: bigint;
  readonly transferableWei: bigint;
}

/** Amounts of one pool by account name; those that begin with `shared` are everybody's. */
export function poolAccounts(vault: string, position: PoolPosition): Record<string, bigint> {
  const { totals, holding } = position;
  return {
    [`shared pool ${vault} collateral`]: totals.collateralWei,
    [`shared pool ${vault} token supply`]: totals.tokensWei,
    [`shared pool ${vault} fees`]: totals.feesUba,
    [`shared pool ${vault} fee debt`]: totals.feeDebtUba,
    [`shared pool ${vault} WNat held`]: position.wNatHeldWei,
    [`shared pool ${vault} FAsset held`]: position.fAssetHeldUba,
    [`shared pool ${vault} agent tokens`]: position.agentTokensWei,
    [`pool ${vault} tokens`]: holding.tokensWei,
    [`pool ${vault} fee debt`]: holding.feeDebtUba,
    [`pool ${vault} fees`]: position.claimableFeesUba,
    [`pool ${vault} transferable`]: position.transferableWei,
  };
}
