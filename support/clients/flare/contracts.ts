/** Finds a network's contracts from its registry, once at the start of a run. */
import type { NetworkRecord } from '../network-record.ts';
import {
  assetManagerInterface,
  fdcHubInterface,
  fdcVerificationInterface,
  loupeInterface,
  registryInterface,
} from './interfaces.ts';
import type { JsonRpc } from './json-rpc.ts';
import { readAll, readContract } from './reads.ts';

export interface CollateralType {
  readonly token: string;
  readonly isPool: boolean;
  readonly decimals: bigint;
  readonly directPricePair: boolean;
  readonly assetSymbol: string;
  readonly tokenSymbol: string;
  readonly minCollateralRatioBips: bigint;
}

export interface ProtocolContracts {
  readonly assetManager: string;
  readonly fAsset: string;
  readonly wNat: string;
  readonly priceReader: string;
  readonly collateralTypes: readonly CollateralType[];
  readonly fdcHub: string;
  readonly fdcRequestFeeConfigurations: string;
  readonly fdcVerification: string;
  readonly relay: string;
  /** Books what was paid to the core vault; undefined where nobody mints directly. */
  readonly coreVaultManager?: string;
  /** Destination tags of direct mintings. */
  readonly mintingTags?: string;
  readonly features: ProtocolFeatures;
}

/** Differences between releases, found by looking for each function, never by a version number. */
export interface ProtocolFeatures {
  /** redeemAmount: any amount, not only whole lots (v1.3). Releases without it round a default's pool part up. */
  readonly redeemAmount: boolean;
  /** executeDirectMinting: minting by a payment to the core vault (v1.3). */
  readonly directMinting: boolean;
}

const REDEEM_AMOUNT_SELECTOR = '0x01e261f6';
const EXECUTE_DIRECT_MINTING_SELECTOR = '0x78d0299e';

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

/** Throws an error that names what the registry lacks. */
export async function findContracts(rpc: JsonRpc, record: NetworkRecord): Promise<ProtocolContracts> {
  const { registry, assetManagerName } = record.contracts;
  const named = (name: string) =>
    readContract(registry, registryInterface, 'getContractAddressByName', [name], (result) => result[0] as string);
  const listed = await readAll(rpc, 'latest', { assetManager: named(assetManagerName), fdcHub: named('FdcHub') });
  const assetManager = record.contracts.assetManager ?? listed.assetManager;
  if (assetManager === ZERO_ADDRESS) throw missing(record, assetManagerName);
  if (listed.fdcHub === ZERO_ADDRESS) throw missing(record, 'FdcHub');

  const { settings, collateralTypes, feeContract } = await readAll(rpc, 'latest', {
    settings: readContract(assetManager, assetManagerInterface, 'getSettings', [], (result) => ({
      fAsset: result[0].fAsset as string,
      priceReader: result[0].priceReader as string,
      fdcVerification: result[0].fdcVerification as string,
    })),
    collateralTypes: readCollateralTypes(assetManager),
    feeContract: readContract(
      listed.fdcHub,
      fdcHubInterface,
      'fdcRequestFeeConfigurations',
      [],
      (result) => result[0] as string,
    ),
  });
  const hasFunction = (selector: string) =>
    readContract(
      assetManager,
      loupeInterface,
      'facetAddress',
      [selector],
      (result) => (result[0] as string) !== ZERO_ADDRESS,
    );
  const { relay, ...features } = await readAll(rpc, 'latest', {
    redeemAmount: hasFunction(REDEEM_AMOUNT_SELECTOR),
    directMinting: hasFunction(EXECUTE_DIRECT_MINTING_SELECTOR),
    relay: readContract(
      settings.fdcVerification,
      fdcVerificationInterface,
      'relay',
      [],
      (result) => result[0] as string,
    ),
  });
  const pool = collateralTypes.find((type) => type.isPool);
  if (pool === undefined) throw new Error(`asset manager ${assetManager} has no pool collateral type`);
  return {
    assetManager,
    ...settings,
    wNat: pool.token,
    collateralTypes,
    fdcHub: listed.fdcHub,
    fdcRequestFeeConfigurations: feeContract,
    relay,
    features,
    ...(features.directMinting && (await readCoreVault(rpc, assetManager))),
  };
}

const POOL_CLASS = 1n;

function readCollateralTypes(assetManager: string) {
  return readContract(assetManager, assetManagerInterface, 'getCollateralTypes', [], (result) =>
    [...result[0]].map((type): CollateralType => ({
      token: type.token,
      isPool: type.collateralClass === POOL_CLASS,
      decimals: type.decimals,
      directPricePair: type.directPricePair,
      assetSymbol: type.assetFtsoSymbol,
      tokenSymbol: type.tokenFtsoSymbol,
      minCollateralRatioBips: type.minCollateralRatioBIPS,
    })),
  );
}

const addressFrom = (assetManager: string, getter: string) =>
  readContract(assetManager, assetManagerInterface, getter, [], (result) => result[0] as string);

const readCoreVault = (rpc: JsonRpc, assetManager: string) =>
  readAll(rpc, 'latest', {
    coreVaultManager: addressFrom(assetManager, 'getCoreVaultManager'),
    mintingTags: addressFrom(assetManager, 'getMintingTagManager'),
  });

function missing(record: NetworkRecord, name: string): Error {
  return new Error(`network ${record.name}: the registry ${record.contracts.registry} has no contract named ${name}`);
}
