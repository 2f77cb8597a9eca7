/**
 * Reads of what everybody can see of the protocol, decoded into plain values with full words.
 */
import type { DirectMintingTerms } from '../model/direct-minting.ts';
import type { AgentView, ProtocolSettings } from '../model/market.ts';
import type { UnderlyingClock } from '../model/minting.ts';
import type { Feed, TrustedFeed } from '../model/prices.ts';
import type { Ticket } from '../model/redemption.ts';
import type { PoolAddresses } from './pool-reads.ts';
import {
  assetManagerInterface,
  erc20Interface,
  mintingTagsInterface,
  poolInterface,
  poolTokenInterface,
  priceReaderInterface,
} from '../clients/flare/interfaces.ts';
import { type Read, combineReads, readBigint, readContract } from '../clients/flare/reads.ts';

/** Settings that are read at each block; what the release decides is added by the informer. */
export type LiveSettings = Omit<
  ProtocolSettings,
  'minimumRedeemAmountUba' | 'directMinting' | 'defaultPoolPartRoundsUp' | 'poolMinRatioBips'
> & { readonly maxTrustedPriceAgeS: bigint };

export function readSettings(assetManager: string): Read<LiveSettings> {
  return readContract(assetManager, assetManagerInterface, 'getSettings', [], (result) => {
    const settings = result[0];
    const granularityUba: bigint = settings.assetMintingGranularityUBA;
    return {
      lotSizeUba: granularityUba * settings.lotSizeAMG,
      granularityUba,
      assetMintingDecimals: settings.assetMintingDecimals,
      reservationFeeBips: settings.collateralReservationFeeBIPS,
      redemptionFeeBips: settings.redemptionFeeBIPS,
      defaultFactorVaultBips: settings.redemptionDefaultFactorVaultCollateralBIPS,
      maxRedeemedTickets: settings.maxRedeemedTickets,
      poolHoldingsBips: settings.mintingPoolHoldingsRequiredBIPS,
      maxTrustedPriceAgeS: settings.maxTrustedPriceAgeSeconds,
      poolTokenTimelockS: settings.collateralPoolTokenTimelockSeconds,
      window: {
        blocksForPayment: settings.underlyingBlocksForPayment,
        secondsForPayment: settings.underlyingSecondsForPayment,
        averageBlockTimeMs: settings.averageBlockTimeMS,
      },
    };
  });
}

/** Every vault that is not destroyed, lower-case, up to `limit`. */
export function readAgentVaults(assetManager: string, limit = 1000): Read<string[]> {
  return readContract(assetManager, assetManagerInterface, 'getAllAgents', [0, limit], (result) =>
    [...result[0]].map((vault: string) => vault.toLowerCase()),
  );
}

/** An agent as the protocol tells it, with what its capacity is computed from. */
export interface AgentReading extends Omit<AgentView, 'freeLots' | 'capacity' | 'ratios'> {
  readonly mintingVaultRatioBips: bigint;
  readonly mintingPoolRatioBips: bigint;
  readonly announcedVaultUnits: bigint;
  readonly announcedPoolTokensWei: bigint;
  readonly held: AgentHoldings;
}

/** What the tokens and the pool themselves say that the agent holds. */
export interface AgentHoldings {
  readonly vaultUnits: bigint;
  readonly poolCollateralWei: bigint;
  readonly poolTokenSupplyWei: bigint;
  readonly agentTokensWei: bigint;
}

export function readAgent(assetManager: string, addresses: PoolAddresses): Read<AgentReading> {
  const { vault, pool, poolToken, vaultToken } = addresses;
  return combineReads(
    {
      info: readAgentInfo(assetManager, vault),
      vaultUnits: readBigint(vaultToken, erc20Interface, 'balanceOf', [vault]),
      poolCollateralWei: readBigint(pool, poolInterface, 'totalCollateral'),
      poolTokenSupplyWei: readBigint(poolToken, poolTokenInterface, 'totalSupply'),
      agentTokensWei: readBigint(poolToken, poolTokenInterface, 'balanceOf', [vault]),
    },
    ({ info, ...held }) => ({ ...info, held }),
  );
}

/** getAgentInfo alone. */
export function readAgentInfo(assetManager: string, vault: string): Read<Omit<AgentReading, 'held'>> {
  return readContract(assetManager, assetManagerInterface, 'getAgentInfo', [vault], (result) => {
    const info = result[0];
    const told: AgentView['told'] = {
      freeLots: info.freeCollateralLots,
      vaultUnits: info.totalVaultCollateralWei,
      freeVaultUnits: info.freeVaultCollateralWei,
      poolWei: info.totalPoolCollateralNATWei,
      freePoolWei: info.freePoolCollateralNATWei,
      agentTokensWei: info.totalAgentPoolTokensWei,
      freeAgentTokensWei: info.freeAgentPoolTokensWei,
      ratios: { vaultBips: info.vaultCollateralRatioBIPS, poolBips: info.poolCollateralRatioBIPS },
    };
    return {
      vault: vault.toLowerCase(),
      available: info.publiclyAvailable,
      status: Number(info.status),
      feeBips: info.feeBIPS,
      poolFeeShareBips: info.poolFeeShareBIPS,
      redemptionPoolFeeShareBips: info.redemptionPoolFeeShareBIPS,
      told,
      dustUba: info.dustUBA,
      mintedUba: info.mintedUBA,
      reservedUba: info.reservedUBA,
      redeemingUba: info.redeemingUBA,
      poolRedeemingUba: info.poolRedeemingUBA,
      underlyingAddress: info.underlyingAddressString,
      pool: info.collateralPool,
      poolToken: info.collateralPoolToken,
      vaultToken: info.vaultCollateralToken,
      poolExitRatioBips: info.poolExitCollateralRatioBIPS,
      mintingVaultRatioBips: info.mintingVaultCollateralRatioBIPS,
      mintingPoolRatioBips: info.mintingPoolCollateralRatioBIPS,
      announcedVaultUnits: info.announcedVaultCollateralWithdrawalWei,
      announcedPoolTokensWei: info.announcedPoolTokensWithdrawalWei,
    };
  });
}

/** An agent's account on the ledger. */
export const readLedgerAccount = (assetManager: string, vault: string): Read<string> =>
  readContract(
    assetManager,
    assetManagerInterface,
    'getAgentInfo',
    [vault],
    (result) => result[0].underlyingAddressString,
  );

/** The first `size` tickets of the redemption queue. */
export function readQueue(assetManager: string, size: number): Read<Ticket[]> {
  return readContract(assetManager, assetManagerInterface, 'redemptionQueue', [0, size], (result) =>
    [...result[0]].map((ticket) => ({
      id: ticket.redemptionTicketId,
      agentVault: ticket.agentVault.toLowerCase(),
      valueUba: ticket.ticketValueUBA,
    })),
  );
}

export const readMinimumRedeemAmount = (assetManager: string): Read<bigint> =>
  readBigint(assetManager, assetManagerInterface, 'minimumRedeemAmountUBA');

/** `mintingTags`: the contract that gives out tags. */
export function readDirectMintingTerms(
  assetManager: string,
  mintingTags: string,
): Read<(granularityUba: bigint) => DirectMintingTerms> {
  const figure = (name: string) => readBigint(assetManager, assetManagerInterface, name);
  const limitOf = (name: string, windowS: bigint) =>
    combineReads(
      {
        limitUba: figure(`getDirectMinting${name}LimitUBA`),
        state: readContract(
          assetManager,
          assetManagerInterface,
          `getDirectMinting${name}LimiterState`,
          [],
          ([startS, usedAmg]) => ({ startS: startS as bigint, usedAmg: usedAmg as bigint }),
        ),
      },
      ({ limitUba, state }) => ({ limitUba, windowS, ...state }),
    );
  return combineReads(
    {
      paymentAddress: readContract(
        assetManager,
        assetManagerInterface,
        'directMintingPaymentAddress',
        [],
        (result) => result[0] as string,
      ),
      feeBips: figure('getDirectMintingFeeBIPS'),
      minimumFeeUba: figure('getDirectMintingMinimumFeeUBA'),
      executorFeeUba: figure('getDirectMintingExecutorFeeUBA'),
      largeUba: figure('getDirectMintingLargeMintingThresholdUBA'),
      hour: limitOf('Hourly', 3_600n),
      day: limitOf('Daily', 86_400n),
      tagFeeWei: readBigint(mintingTags, mintingTagsInterface, 'reservationFee'),
      nextTag: readBigint(mintingTags, mintingTagsInterface, 'nextAvailableTag'),
    },
    ({ tagFeeWei, nextTag, hour, day, ...terms }) =>
      (granularityUba) => ({
        ...terms,
        limits: [hour, day].map(({ usedAmg, ...limit }) => ({ ...limit, usedUba: usedAmg * granularityUba })),
        tags: { feeWei: tagFeeWei, next: nextTag },
      }),
  );
}

export function readUnderlyingClock(assetManager: string): Read<UnderlyingClock> {
  return readContract(assetManager, assetManagerInterface, 'currentUnderlyingBlock', [], (result) => ({
    block: result[0],
    timestampS: result[1],
    updatedAtS: result[2],
  }));
}

/**
 * A feed's ordinary price, and what the trusted providers say of it. Releases before v1.3 do not ask how many submitted
 * (`asksQuality` false): whatever is there counts.
 */
export function readFeed(priceReader: string, symbol: string, asksQuality: boolean): Read<Feed> {
  const [ordinary, trusted, trustedWithQuality] = [
    'getPrice',
    'getPriceFromTrustedProviders',
    'getPriceFromTrustedProvidersWithQuality',
  ] as const;
  const feed = (name: string): Read<TrustedFeed> =>
    readContract(priceReader, priceReaderInterface, name, [symbol], (result) => ({
      value: result[0],
      atS: result[1],
      decimals: result[2],
      submits: name === trustedWithQuality ? result[3] : 1n,
    }));
  return combineReads(
    { ordinary: feed(ordinary), trusted: feed(asksQuality ? trustedWithQuality : trusted) },
    (both) => both,
  );
}
