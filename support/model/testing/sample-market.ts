/**
 * A market and a user as plain values, for tests of conditions and expectations: recorded prices, two agents, two tickets.
 *
 * Figures are of a recorded run on the real v1.3 contracts where there is one.
 */
import type { BackingRatios, Capacity } from '../capacity.ts';
import type { AgentView, Market } from '../market.ts';
import { amgPrice } from '../prices.ts';
import type { UserState } from '../state.ts';

const XRP = { value: 213_457n, decimals: 5n };
const FLR = { value: 16_723n, decimals: 6n };
const USDT = { value: 99_981n, decimals: 5n };
const VAULT_TOKEN = `0x${'cc'.repeat(20)}`;

const CAPACITY: Capacity = {
  freeLots: 138n,
  vaultUnits: 5_000_000_000n,
  freeVaultUnits: 5_000_000_000n,
  poolWei: 3n * 10n ** 23n,
  freePoolWei: 3n * 10n ** 23n,
  agentTokensWei: 10n ** 23n,
  freeAgentTokensWei: 10n ** 23n,
};
const RATIOS: BackingRatios = { vaultBips: 10n ** 10n, poolBips: 10n ** 10n };

/** An available agent with free lots; its vault is a made-up address. */
export function sampleAgent(vault: string, change: Partial<AgentView> = {}): AgentView {
  return {
    vault,
    available: true,
    status: 0,
    feeBips: 25n,
    poolFeeShareBips: 4000n,
    redemptionPoolFeeShareBips: 0n,
    freeLots: 138n,
    capacity: CAPACITY,
    told: { ...CAPACITY, ratios: RATIOS },
    ratios: RATIOS,
    dustUba: 0n,
    mintedUba: 0n,
    reservedUba: 0n,
    redeemingUba: 0n,
    poolRedeemingUba: 0n,
    underlyingAddress: `ledger account of ${vault}`,
    pool: `pool of ${vault}`,
    poolToken: `pool token of ${vault}`,
    vaultToken: VAULT_TOKEN,
    poolExitRatioBips: 18_000n,
    ...change,
  };
}

export const CHEAP_VAULT = `0x${'aa'.repeat(20)}`;
export const DEAR_VAULT = `0x${'bb'.repeat(20)}`;

/** Two agents, of which `CHEAP_VAULT` is the cheaper; its ticket of two lots is at the head of the queue. */
export function sampleMarket(change: Partial<Market> = {}): Market {
  return {
    point: { block: 100, ledger: 1_000_003, timeS: 1_795_348_509, ledgerTimeS: 1_795_348_509 },
    settings: {
      lotSizeUba: 10_000_000n,
      granularityUba: 1n,
      assetMintingDecimals: 6n,
      reservationFeeBips: 10n,
      redemptionFeeBips: 50n,
      defaultFactorVaultBips: 10_500n,
      minimumRedeemAmountUba: 5_000_000n,
      directMinting: {
        paymentAddress: 'rVault',
        feeBips: 25n,
        minimumFeeUba: 100_000n,
        executorFeeUba: 100_000n,
        largeUba: 100_000_000_000n,
        limits: [],
        tags: { feeWei: 100n * 10n ** 18n, next: 20n },
      },
      defaultPoolPartRoundsUp: false,
      poolMinRatioBips: 15_000n,
      maxRedeemedTickets: 20n,
      poolHoldingsBips: 5_000n,
      poolTokenTimelockS: 60n,
      window: { blocksForPayment: 500n, secondsForPayment: 900n, averageBlockTimeMs: 2000n },
    },
    nativePrice: amgPrice(XRP, FLR, { assetMintingDecimals: 6n, tokenDecimals: 18n }),
    vaultTokenPrices: { [VAULT_TOKEN]: amgPrice(XRP, USDT, { assetMintingDecimals: 6n, tokenDecimals: 6n }) },
    feeds: { testXRP: XRP, C2FLR: FLR, testUSDT: USDT },
    agents: [sampleAgent(DEAR_VAULT, { feeBips: 137n, freeLots: 3n }), sampleAgent(CHEAP_VAULT)],
    queue: [
      { id: 1n, agentVault: CHEAP_VAULT, valueUba: 20_000_000n },
      { id: 2n, agentVault: DEAR_VAULT, valueUba: 30_000_000n },
    ],
    ledgerReserveDrops: 1_000_000n,
    gasReserveWei: 60_000_000_000_000_000n,
    underlying: { block: 1_000_003n, timestampS: 1_795_348_512n, updatedAtS: 1_795_348_507n },
    ...change,
  };
}

/** A user with money on both chains and nothing open. */
export function sampleUser(balances: Readonly<Record<string, bigint>> = {}): UserState {
  return {
    point: sampleMarket().point,
    balances: { native: 2_000n * 10n ** 18n, xrp: 1_000_000_000n, fAsset: 0n, ...balances },
    pools: {},
    records: {},
  };
}
