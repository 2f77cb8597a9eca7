/**
 * What deploying a protocol needs and gives, the same for the stand-in and for the real contracts.
 */
import type { EvmAccount } from '../../clients/flare/account.ts';
import type { JsonRpc } from '../../clients/flare/json-rpc.ts';
import type { ProtocolTimings } from '../timings.ts';

/** Our own FDC contracts, always deployed first. */
export interface FdcDeployment {
  /** FlareContractRegistry at its official address. */
  readonly registry: string;
  readonly relay: string;
  readonly fdcHub: string;
  readonly fdcRequestFeeConfigurations: string;
  readonly fdcVerification: string;
  readonly flareSystemsManager: string;
}

export interface FeedPrice {
  /** Price in US dollars · 10^decimals. */
  readonly value: bigint;
  readonly decimals: number;
}

/** Feed symbols the asset manager reads: the native coin, the underlying, the vault collateral. */
export interface FeedPrices {
  readonly C2FLR: FeedPrice;
  readonly testXRP: FeedPrice;
  readonly testUSDT: FeedPrice;
}

export interface DeployContext {
  readonly rpc: JsonRpc;
  /** Deploys everything and stays governance. */
  readonly deployer: EvmAccount;
  readonly fdc: FdcDeployment;
  /** FDC source id as text, for example testXRP. */
  readonly sourceId: string;
  readonly prices: FeedPrices;
  readonly timings: ProtocolTimings;
}

export interface ProtocolDeployment {
  readonly kind: 'stand-in' | 'real';
  readonly version: 'v1.2' | 'v1.3';
  readonly assetManager: string;
  readonly assetManagerController: string;
  readonly agentOwnerRegistry: string;
  readonly fAsset: string;
  readonly wNat: string;
  /** Vault collateral token, 6 decimals. */
  readonly vaultToken: string;
  readonly priceReader: string;
  /** Further names for the FlareContractRegistry (AssetManagerController, AssetManagerFTestXRP, WNat, ...). */
  readonly registryNames: Readonly<Record<string, string>>;
  setPrice(symbol: keyof FeedPrices, price: FeedPrice): Promise<void>;
  mintVaultToken(to: string, amount: bigint): Promise<void>;
  /** Governance lets this management address own agents; called once per owner, before it creates a vault. */
  whitelistAgentOwner(managementAddress: string, name: string): Promise<void>;
}
