/** Reads of one agent's collateral pool: its totals, what it holds, and one user's part. */
import type { ProtocolContracts } from '../clients/flare/contracts.ts';
import { erc20Interface, poolInterface, poolTokenInterface } from '../clients/flare/interfaces.ts';
import { type Read, combineReads, readBigint } from '../clients/flare/reads.ts';
import type { PoolPosition } from '../model/pool-position.ts';

export interface PoolAddresses {
  /** Agent vault, lower-case. */
  readonly vault: string;
  readonly pool: string;
  readonly poolToken: string;
  readonly vaultToken: string;
  /** The agent's account on the ledger. */
  readonly underlyingAddress: string;
}

/** The pool as `holder` sees it. */
export function readPoolPosition(
  { vault, pool, poolToken }: PoolAddresses,
  { wNat, fAsset }: ProtocolContracts,
  holder: string,
): Read<PoolPosition> {
  const ofPool = (name: string, args: readonly unknown[] = []) => readBigint(pool, poolInterface, name, args);
  const ofToken = (name: string, args: readonly unknown[] = []) =>
    readBigint(poolToken, poolTokenInterface, name, args);
  const heldBy = (token: string, owner: string) => readBigint(token, erc20Interface, 'balanceOf', [owner]);
  return combineReads(
    {
      collateralWei: ofPool('totalCollateral'),
      feesUba: ofPool('totalFAssetFees'),
      feeDebtUba: ofPool('totalFAssetFeeDebt'),
      supplyWei: ofToken('totalSupply'),
      wNatHeldWei: heldBy(wNat, pool),
      fAssetHeldUba: heldBy(fAsset, pool),
      agentTokensWei: ofToken('balanceOf', [vault]),
      ownTokensWei: ofToken('balanceOf', [holder]),
      ownFeeDebtUba: ofPool('fAssetFeeDebtOf', [holder]),
      claimableFeesUba: ofPool('fAssetFeesOf', [holder]),
      transferableWei: ofToken('transferableBalanceOf', [holder]),
    },
    (values) => ({
      totals: {
        collateralWei: values.collateralWei,
        tokensWei: values.supplyWei,
        feesUba: values.feesUba,
        feeDebtUba: values.feeDebtUba,
      },
      wNatHeldWei: values.wNatHeldWei,
      fAssetHeldUba: values.fAssetHeldUba,
      agentTokensWei: values.agentTokensWei,
      holding: { tokensWei: values.ownTokensWei, feeDebtUba: values.ownFeeDebtUba },
      claimableFeesUba: values.claimableFeesUba,
      transferableWei: values.transferableWei,
    }),
  );
}
