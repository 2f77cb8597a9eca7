/**
 * How FTestXRP is set up on Coston2, as the protocol's own deployment configuration publishes it, but where a comment says
 * otherwise; v1.2 and v1.3 agree on every value they share. Numbers and fixed addresses only: deployed addresses are filled in by real-protocol.ts.
 *
 * UBA are drops, AMG equals UBA for XRP, USD5 is US dollars · 10^5, Bips 1/10 000.
 */
import { ZeroAddress } from 'ethers';
import type { ProtocolTimings } from '../timings.ts';

export const F_ASSET = {
  name: 'FXRP',
  symbol: 'FTestXRP',
  assetName: 'Test XRP',
  assetSymbol: 'testXRP',
  decimals: 6,
} as const;

export const VAULT_TOKEN = { name: 'Test USDT0', symbol: 'testUSDT0', decimals: 6 } as const;

/** Fields of AssetManagerSettings.Data whose values are the devnet's timing. */
export function timedSettings({
  paymentLedgers,
  paymentS,
  poolTimelockS,
  feeChangeS,
}: ProtocolTimings): Record<string, bigint> {
  return {
    underlyingBlocksForPayment: paymentLedgers,
    underlyingSecondsForPayment: paymentS,
    collateralPoolTokenTimelockSeconds: poolTimelockS,
    agentFeeChangeTimelockSeconds: feeChangeS,
  };
}

/**
 * Fields of AssetManagerSettings.Data that are neither addresses of this deployment nor timing; `__` ones are retired and
 * must be 0.
 */
export const ASSET_MANAGER_SETTINGS = {
  burnAddress: '0x000000000000000000000000000000000000dEaD',
  poolTokenSuffix: 'TXRP',
  assetDecimals: 6n,
  assetUnitUBA: 1_000_000n,
  assetMintingDecimals: 6n,
  assetMintingGranularityUBA: 1n,
  mintingCapAMG: 0n,
  lotSizeAMG: 10_000_000n,
  collateralReservationFeeBIPS: 10n,
  mintingPoolHoldingsRequiredBIPS: 5000n,
  /** Coston2 has 20; a short run's queue must reach the limit. */
  maxRedeemedTickets: 3n,
  redemptionFeeBIPS: 50n,
  redemptionDefaultFactorVaultCollateralBIPS: 10_500n,
  averageBlockTimeMS: 2000n,
  attestationWindowSeconds: 86_400n,
  confirmationByOthersAfterSeconds: 7200n,
  confirmationByOthersRewardUSD5: 10_000_000n,
  paymentChallengeRewardBIPS: 0n,
  paymentChallengeRewardUSD5: 30_000_000n,
  liquidationStepSeconds: 180n,
  liquidationCollateralFactorBIPS: [10_400n, 10_800n, 11_200n],
  liquidationFactorVaultCollateralBIPS: [10_000n, 10_000n, 10_000n],
  maxTrustedPriceAgeSeconds: 600n,
  withdrawalWaitMinSeconds: 60n,
  vaultCollateralBuyForFlareFactorBIPS: 10_000n,
  minUpdateRepeatTimeSeconds: 60n,
  agentExitAvailableTimelockSeconds: 60n,
  agentMintingCRChangeTimelockSeconds: 120n,
  poolExitCRChangeTimelockSeconds: 120n,
  agentTimelockedOperationWindowSeconds: 3600n,
  diamondCutMinTimelockSeconds: 3600n,
  maxEmergencyPauseDurationSeconds: 86_400n,
  emergencyPauseDurationResetAfterSeconds: 604_800n,
  __whitelist: ZeroAddress,
  __requireEOAAddressProof: false,
  __minUnderlyingBackingBIPS: 0n,
  __redemptionDefaultFactorPoolBIPS: 0n,
  __ccbTimeSeconds: 0n,
  __announcedUnderlyingConfirmationMinSeconds: 0n,
  __buybackCollateralFactorBIPS: 0n,
  __tokenInvalidationTimeMinSeconds: 0n,
  __cancelCollateralReservationAfterSeconds: 0n,
  __rejectOrCancelCollateralReservationReturnFactorBIPS: 0n,
  __rejectRedemptionRequestWindowSeconds: 0n,
  __takeOverRedemptionRequestWindowSeconds: 0n,
  __rejectedRedemptionDefaultFactorVaultCollateralBIPS: 0n,
  __rejectedRedemptionDefaultFactorPoolBIPS: 0n,
} as const;

/** CollateralType.Data without the token; class 1 is pool, 2 vault (0 is none). */
export const POOL_COLLATERAL = {
  collateralClass: 1n,
  decimals: 18n,
  validUntil: 0n,
  directPricePair: false,
  assetFtsoSymbol: 'testXRP',
  tokenFtsoSymbol: 'C2FLR',
  minCollateralRatioBIPS: 15_000n,
  safetyMinCollateralRatioBIPS: 16_000n,
} as const;

export const VAULT_COLLATERAL = {
  collateralClass: 2n,
  decimals: 6n,
  validUntil: 0n,
  directPricePair: false,
  assetFtsoSymbol: 'testXRP',
  tokenFtsoSymbol: 'testUSDT',
  minCollateralRatioBIPS: 12_000n,
  safetyMinCollateralRatioBIPS: 13_000n,
} as const;

export const CORE_VAULT = {
  nativeAddress: '0xfeC5BF0a64963E6b2EbA8153235E40f9e5a8c8Ae',
  transferTimeExtensionS: 7200n,
  /** v1.3 only. */
  transferDefaultPenaltyBips: 10n,
  redemptionFeeBips: 0n,
  minimumAmountLeftBips: 2000n,
  minimumRedeemLots: 10n,
  underlyingAddress: 'rDhpmiPq4BVBDWMVdSrmkgt8thKyRzGV1p',
  custodianAddress: 'r3GhxcaM4f9BJXEu1JLRgDXZpHJw6ugkH4',
  firstSequenceNumber: 10_167_328n,
  escrowEndTimeS: 46_800n,
  escrowAmountUba: 10_000_000_000n,
  minimumLeftUba: 15_000_000_000n,
  chainFeeUba: 400n,
} as const;

/** v1.3: DirectMintingAndRedeemExtendedInit.InitParams without the two managers. */
export const DIRECT_MINTING = {
  coreVaultDonationTag: 14n,
  mintingFeeReceiver: '0xDcDD7547EdA881b675B58c11922aF4A726cCb01B',
  minimumMintingFeeUBA: 100_000n,
  mintingFeeBIPS: 25n,
  executorFeeUBA: 100_000n,
  othersCanExecuteAfterSeconds: 7200n,
  hourlyLimitUBA: 100_000_000_000n,
  dailyLimitUBA: 500_000_000_000n,
  largeMintingThresholdUBA: 100_000_000_000n,
  largeMintingDelaySeconds: 3600n,
  redeemWithTagSupported: true,
  minimumRedeemAmountUBA: 5_000_000n,
} as const;

/** v1.3: destination tags of direct minting. */
export const MINTING_TAGS = {
  name: 'Minting Tag Manager (FTestXRP open beta)',
  symbol: 'MTMTXRP',
  reservationFeeWei: 100n * 10n ** 18n,
  feeRecipient: '0x355156629f25102c3cc51b7630eb80E9De5d1211',
  reservedTags: 20n,
} as const;
