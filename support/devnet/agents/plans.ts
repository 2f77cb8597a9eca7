/**
 * The agents that a devnet comes with: their keys, fees and collateral. The first three differ as much as agents may;
 * any further ones are derived by number.
 */
import { type WellKnownActor, wellKnownActor } from '../well-known.ts';

export interface AgentTerms {
  readonly name: string;
  readonly actor: WellKnownActor;
  readonly feeBips: bigint;
  readonly poolFeeShareBips: bigint;
  readonly redemptionPoolFeeShareBips: bigint;
  readonly vaultCollateralUnits: bigint;
  readonly poolCollateralWei: bigint;
  readonly mintingVaultCollateralRatioBips: bigint;
  readonly mintingPoolCollateralRatioBips: bigint;
  readonly poolExitCollateralRatioBips: bigint;
  readonly buyFAssetByAgentFactorBips: bigint;
  readonly poolTokenSuffix: string;
}

interface Size {
  readonly vaultTokens: bigint;
  readonly poolNative: bigint;
}

/** At the devnet's prices and ratios a lot needs about 30 vault tokens and 2200 native coins. */
const LARGE: Size = { vaultTokens: 20_000n, poolNative: 1_200_000n };
const MEDIUM: Size = { vaultTokens: 5_000n, poolNative: 350_000n };
const SMALL: Size = { vaultTokens: 1_300n, poolNative: 100_000n };

interface Shape extends Size {
  readonly feeBips: bigint;
  readonly poolFeeShareBips: bigint;
  readonly redemptionPoolFeeShareBips: bigint;
}

const FIRST_SHAPES: readonly Shape[] = [
  { feeBips: 25n, poolFeeShareBips: 4000n, redemptionPoolFeeShareBips: 2000n, ...LARGE },
  { feeBips: 137n, poolFeeShareBips: 3333n, redemptionPoolFeeShareBips: 3000n, ...SMALL },
  { feeBips: 100n, poolFeeShareBips: 2500n, redemptionPoolFeeShareBips: 1500n, ...MEDIUM },
];

/** Terms of the agents 1 to `count`. */
export function agentTerms(count: number): AgentTerms[] {
  return Array.from({ length: count }, (_, index) => {
    const { vaultTokens, poolNative, ...fees } = FIRST_SHAPES[index] ?? derivedShape(BigInt(index));
    return {
      name: `Devnet agent ${index + 1}`,
      actor: wellKnownActor(`agent ${index + 1}`),
      ...fees,
      vaultCollateralUnits: vaultTokens * 10n ** 6n,
      poolCollateralWei: poolNative * 10n ** 18n,
      mintingVaultCollateralRatioBips: 14_000n,
      mintingPoolCollateralRatioBips: 17_000n,
      poolExitCollateralRatioBips: 18_000n,
      buyFAssetByAgentFactorBips: 9_900n,
      poolTokenSuffix: `DEVNET-${index + 1}`,
    };
  });
}

function derivedShape(index: bigint): Shape {
  return {
    feeBips: 20n + ((index * 37n) % 200n),
    poolFeeShareBips: 2_000n + ((index * 611n) % 3_000n),
    redemptionPoolFeeShareBips: 1_000n + ((index * 307n) % 2_000n),
    ...MEDIUM,
  };
}
