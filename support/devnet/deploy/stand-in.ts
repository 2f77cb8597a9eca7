/**
 * Deploys the stand-in of the protocol: our own contracts with the official interfaces, set up as FTestXRP on Coston2.
 *
 * Every contract gets its partners in its constructor, so there is one transaction a contract and no setup after it; the
 * addresses are known beforehand from the deployer's nonce. Agents are not created here.
 */
import { Interface, encodeBytes32String, getAddress, getCreateAddress } from 'ethers';
import { type CompiledContracts, compileContracts } from '../contracts/compile.ts';
import {
  ASSET_MANAGER_SETTINGS,
  CORE_VAULT,
  DIRECT_MINTING,
  F_ASSET,
  MINTING_TAGS,
  POOL_COLLATERAL,
  VAULT_COLLATERAL,
  VAULT_TOKEN,
  timedSettings,
} from './coston2-settings.ts';
import type { DeployContext, FeedPrices, ProtocolDeployment } from './deployment.ts';

export interface StandInOptions {
  /** Already compiled contracts, for example with a planted fault. */
  readonly compiled?: CompiledContracts;
}

const FACETS = [
  'SettingsFacet',
  'PauseFacet',
  'AgentVaultFacet',
  'AgentSettingsFacet',
  'AgentAvailabilityFacet',
  'AgentInfoFacet',
  'AgentCollateralFacet',
  'UnderlyingFacet',
  'ReservationFacet',
  'MintingFacet',
  'MintingDefaultFacet',
  'RedemptionRequestFacet',
  'RedemptionQueueFacet',
  'RedemptionConfirmationFacet',
  'RedemptionDefaultFacet',
  'CoreVaultFacet',
  'DirectMintingFacet',
  'DirectMintingSettingsFacet',
] as const;

const CONTRACTS = [
  'WrappedNative',
  'TestToken',
  'PriceReader',
  'AgentOwnerRegistry',
  'FAssetToken',
  'AgentVault',
  'CollateralPool',
  'CollateralPoolToken',
  'AssetManagerController',
  'CoreVaultManager',
  'MintingTagManager',
  'SmartAccountManager',
  ...FACETS,
  'AssetManager',
] as const;

type ContractName = (typeof CONTRACTS)[number];
type AddressOf = (name: ContractName) => string;

const FEED_SYMBOLS: readonly (keyof FeedPrices)[] = ['C2FLR', 'testXRP', 'testUSDT'];

const GAS_LIMIT = 10_000_000n;

/** Throws TransactionReverted when a deployment fails, or the compile error. */
export async function deployStandIn(context: DeployContext, options: StandInOptions = {}): Promise<ProtocolDeployment> {
  const compiled = options.compiled ?? (await compileContracts());
  const addressOf = await predictAddresses(context);
  const constructorArguments = argumentsOf(context, addressOf, compiled);
  for (const name of CONTRACTS) {
    await deployAt(context, compiled, name, addressOf(name), constructorArguments[name] ?? []);
  }
  return describe(context, compiled, addressOf);
}

async function predictAddresses({ rpc, deployer }: DeployContext): Promise<AddressOf> {
  const nonce = Number(await rpc.call<string>('eth_getTransactionCount', [deployer.address, 'latest']));
  return (name) => getCreateAddress({ from: deployer.address, nonce: nonce + CONTRACTS.indexOf(name) });
}

async function deployAt(
  { deployer }: DeployContext,
  compiled: CompiledContracts,
  name: ContractName,
  address: string,
  constructorArguments: readonly unknown[],
): Promise<void> {
  const encoded = interfaceOf(compiled, name, 'constructor').encodeDeploy(constructorArguments);
  const data = compiled.artifact(name).bytecode + encoded.slice(2);
  const { contractAddress } = await deployer.send({ data, gasLimit: GAS_LIMIT });
  if (contractAddress === undefined || getAddress(contractAddress) !== address) {
    throw new Error(`${name} was deployed at ${contractAddress}, not at ${address}: is the account shared?`);
  }
}

/** The part of a contract's interface that is needed: to parse all of it takes as long as all else here. */
function interfaceOf(compiled: CompiledContracts, name: ContractName, kind: 'constructor' | 'function'): Interface {
  const fragments = compiled.artifact(name).abi.filter((entry) => isOfKind(entry, kind));
  return new Interface(JSON.stringify(fragments));
}

const isOfKind = (entry: unknown, kind: string): boolean =>
  typeof entry === 'object' && entry !== null && 'type' in entry && entry.type === kind;

function argumentsOf(
  context: DeployContext,
  addressOf: AddressOf,
  compiled: CompiledContracts,
): Partial<Record<ContractName, readonly unknown[]>> {
  const manager = addressOf('AssetManager');
  const fAsset = addressOf('FAssetToken');
  const wNat = addressOf('WrappedNative');
  return {
    TestToken: [VAULT_TOKEN.name, VAULT_TOKEN.symbol, VAULT_TOKEN.decimals],
    PriceReader: [
      FEED_SYMBOLS,
      FEED_SYMBOLS.map((symbol) => context.prices[symbol].value),
      FEED_SYMBOLS.map((symbol) => context.prices[symbol].decimals),
    ],
    FAssetToken: [manager, F_ASSET.name, F_ASSET.symbol, F_ASSET.assetName, F_ASSET.assetSymbol, F_ASSET.decimals],
    AgentVault: [manager],
    CollateralPool: [manager, fAsset, wNat],
    CollateralPoolToken: [manager],
    AssetManagerController: [manager],
    CoreVaultManager: [manager, CORE_VAULT.underlyingAddress, CORE_VAULT.chainFeeUba, CORE_VAULT.firstSequenceNumber],
    MintingTagManager: [
      MINTING_TAGS.name,
      MINTING_TAGS.symbol,
      MINTING_TAGS.reservationFeeWei,
      MINTING_TAGS.feeRecipient,
      MINTING_TAGS.reservedTags,
    ],
    AssetManager: [
      {
        facets: FACETS.map((name) => ({
          facetAddress: addressOf(name),
          functionSelectors: selectorsOf(compiled, name),
        })),
        governance: context.deployer.address,
        settings: settingsOf(context, addressOf),
        extra: extraSettingsOf(context, addressOf),
        collateralTypes: [
          { ...POOL_COLLATERAL, token: wNat },
          { ...VAULT_COLLATERAL, token: addressOf('TestToken') },
        ],
      },
    ],
  };
}

function selectorsOf(compiled: CompiledContracts, facet: ContractName): string[] {
  const selectors: string[] = [];
  interfaceOf(compiled, facet, 'function').forEachFunction(({ selector }) => {
    selectors.push(selector);
  });
  return selectors;
}

function settingsOf({ fdc, sourceId, timings }: DeployContext, addressOf: AddressOf): Record<string, unknown> {
  return {
    ...ASSET_MANAGER_SETTINGS,
    ...timedSettings(timings),
    assetManagerController: addressOf('AssetManagerController'),
    fAsset: addressOf('FAssetToken'),
    agentVaultFactory: addressOf('AgentVault'),
    collateralPoolFactory: addressOf('CollateralPool'),
    collateralPoolTokenFactory: addressOf('CollateralPoolToken'),
    agentOwnerRegistry: addressOf('AgentOwnerRegistry'),
    fdcVerification: fdc.fdcVerification,
    priceReader: addressOf('PriceReader'),
    chainId: encodeBytes32String(sourceId),
  };
}

/** Settings outside the official structure (ExtraSettings in Types.sol). */
function extraSettingsOf({ timings }: DeployContext, addressOf: AddressOf): Record<string, unknown> {
  return {
    redemptionPaymentExtensionSeconds: timings.redemptionExtensionS,
    minimumRedeemAmountUba: DIRECT_MINTING.minimumRedeemAmountUBA,
    redeemWithTagSupported: DIRECT_MINTING.redeemWithTagSupported,
    coreVaultTransferTimeExtensionSeconds: CORE_VAULT.transferTimeExtensionS,
    coreVaultTransferDefaultPenaltyBIPS: CORE_VAULT.transferDefaultPenaltyBips,
    coreVaultRedemptionFeeBIPS: CORE_VAULT.redemptionFeeBips,
    coreVaultMinimumAmountLeftBIPS: CORE_VAULT.minimumAmountLeftBips,
    coreVaultMinimumRedeemLots: CORE_VAULT.minimumRedeemLots,
    coreVaultDonationTag: DIRECT_MINTING.coreVaultDonationTag,
    coreVaultManager: addressOf('CoreVaultManager'),
    coreVaultNativeAddress: CORE_VAULT.nativeAddress,
    mintingTagManager: addressOf('MintingTagManager'),
    smartAccountManager: addressOf('SmartAccountManager'),
    directMintingFeeReceiver: DIRECT_MINTING.mintingFeeReceiver,
    directMintingFeeBIPS: DIRECT_MINTING.mintingFeeBIPS,
    directMintingMinimumFeeUba: DIRECT_MINTING.minimumMintingFeeUBA,
    directMintingExecutorFeeUba: DIRECT_MINTING.executorFeeUBA,
    directMintingOthersCanExecuteAfterSeconds: DIRECT_MINTING.othersCanExecuteAfterSeconds,
    directMintingHourlyLimitUba: DIRECT_MINTING.hourlyLimitUBA,
    directMintingDailyLimitUba: DIRECT_MINTING.dailyLimitUBA,
    directMintingLargeThresholdUba: DIRECT_MINTING.largeMintingThresholdUBA,
    directMintingLargeDelaySeconds: DIRECT_MINTING.largeMintingDelaySeconds,
  };
}

function describe(context: DeployContext, compiled: CompiledContracts, addressOf: AddressOf): ProtocolDeployment {
  const call = async (contract: ContractName, method: string, parameters: readonly unknown[]): Promise<void> => {
    const data = interfaceOf(compiled, contract, 'function').encodeFunctionData(method, parameters);
    await context.deployer.send({ to: addressOf(contract), data });
  };
  return {
    kind: 'stand-in',
    version: 'v1.3',
    assetManager: addressOf('AssetManager'),
    assetManagerController: addressOf('AssetManagerController'),
    agentOwnerRegistry: addressOf('AgentOwnerRegistry'),
    fAsset: addressOf('FAssetToken'),
    wNat: addressOf('WrappedNative'),
    vaultToken: addressOf('TestToken'),
    priceReader: addressOf('PriceReader'),
    registryNames: {
      AssetManagerController: addressOf('AssetManagerController'),
      AssetManagerFTestXRP: addressOf('AssetManager'),
      AssetManagerFXRP: addressOf('AssetManager'),
      CoreVaultManager: addressOf('CoreVaultManager'),
      FTestXRP: addressOf('FAssetToken'),
      FtsoV2PriceStore: addressOf('PriceReader'),
      WNat: addressOf('WrappedNative'),
    },
    setPrice: (symbol, { value, decimals }) => call('PriceReader', 'setPrice', [symbol, value, decimals]),
    mintVaultToken: (to, amount) => call('TestToken', 'mintAmount', [to, amount]),
    whitelistAgentOwner: (managementAddress, name) =>
      call('AgentOwnerRegistry', 'whitelistAndDescribeAgent', [managementAddress, name, '', '', '']),
  };
}
