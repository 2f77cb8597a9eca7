/**
 * Deploys the real FAssets contracts, from artifacts the user has, with the settings of Coston2 and our FDC contracts.
 *
 * The order and the constructor arguments are those of the protocol's own deployment scripts; mocks stand for what is
 * not FAssets: governance settings, address updater, wrapped native, vault token, prices, smart accounts. Governance stays
 * with the deployer: production mode, with its timelocks, is never switched on.
 */
import { ZeroAddress, encodeBytes32String } from 'ethers';
import type { ArtifactSet } from './artifacts.ts';
import { BASE_FACETS, type FacetCut, checkComplete, cutOf, extensionsOf } from './asset-manager-diamond.ts';
import { ContractDeployer, type Deployed, encodeCall } from './contract-deployer.ts';
import {
  ASSET_MANAGER_SETTINGS,
  CORE_VAULT,
  F_ASSET,
  MINTING_TAGS,
  POOL_COLLATERAL,
  VAULT_COLLATERAL,
  VAULT_TOKEN,
  timedSettings,
} from './coston2-settings.ts';
import type { DeployContext, FeedPrice, FeedPrices, ProtocolDeployment } from './deployment.ts';
import type { ProtocolTimings } from '../timings.ts';

/** Everything below the asset manager. */
interface Foundations {
  readonly governanceSettings: Deployed;
  readonly addressUpdater: Deployed;
  readonly wNat: Deployed;
  readonly vaultToken: Deployed;
  readonly prices: PriceFeeds;
  readonly agentOwnerRegistry: Deployed;
  readonly agentVaultFactory: Deployed;
  readonly collateralPoolFactory: Deployed;
  readonly collateralPoolTokenFactory: Deployed;
  readonly mintingTagManager: Deployed | undefined;
  readonly controller: Deployed;
  readonly fAsset: Deployed;
}

/** Every contract that anything is asked of later. */
interface Deployment extends Foundations {
  readonly assetManager: Deployed;
  readonly coreVaultManager: Deployed;
}

/**
 * Deploys the release found in `artifacts` and returns when it is ready for agents: controller attached, core vault
 * manager and (v1.3) smart account manager set. Throws ArtifactError or DeploymentError naming the contract.
 */
export async function deployRealProtocol(context: DeployContext, artifacts: ArtifactSet): Promise<ProtocolDeployment> {
  checkComplete(artifacts);
  const deployer = new ContractDeployer(context.deployer, artifacts);
  const foundations = await deployFoundations(context, deployer, artifacts.version);
  const assetManager = await deployAssetManager(context, deployer, artifacts, foundations);
  await deployer.call(foundations.fAsset, 'setAssetManager', [assetManager.address]);
  await extendAssetManager(deployer, artifacts, foundations, assetManager, context.timings);
  await deployer.call(foundations.controller, 'addAssetManager', [assetManager.address]);
  const coreVaultManager = await attachCoreVault(context, deployer, foundations, assetManager);
  if (artifacts.version === 'v1.3') {
    const smartAccounts = await deployer.deploy('SmartAccountManagerMock', [foundations.fAsset.address]);
    await deployer.call(assetManager, 'setSmartAccountManager', [smartAccounts.address]);
  }
  return describe(deployer, artifacts.version, { ...foundations, assetManager, coreVaultManager });
}

async function deployFoundations(
  context: DeployContext,
  deployer: ContractDeployer,
  version: ArtifactSet['version'],
): Promise<Foundations> {
  const governor = context.deployer.address;
  // Never initialised: before production mode only the initial governance, given to each contract, counts.
  const governanceSettings = await deployer.deploy('GovernanceSettingsMock');
  const governed = [governanceSettings.address, governor] as const;
  const addressUpdater = await deployer.deploy('AddressUpdaterMock', governed);
  const wNat = await deployer.deploy('WNatMock', [governor, 'Wrapped Coston2 Flare', 'WC2FLR']);
  const { name, symbol, decimals } = VAULT_TOKEN;
  const vaultToken = await deployer.deploy('FakeERC20', [...governed, name, symbol, decimals]);
  const prices = new PriceFeeds(deployer, await deployer.deploy('FakePriceReader', [governor]));
  await prices.setAll(context.prices);
  return {
    governanceSettings,
    addressUpdater,
    wNat,
    vaultToken,
    prices,
    agentOwnerRegistry: await deployer.deployBehindProxy('AgentOwnerRegistry', governed),
    agentVaultFactory: await deployFactory(deployer, 'AgentVault', [ZeroAddress]),
    collateralPoolFactory: await deployFactory(deployer, 'CollateralPool', [ZeroAddress, ZeroAddress, ZeroAddress, 0]),
    collateralPoolTokenFactory: await deployFactory(deployer, 'CollateralPoolToken', [ZeroAddress, '', '']),
    mintingTagManager: version === 'v1.3' ? await deployMintingTags(deployer, governed) : undefined,
    controller: await deployer.deployBehindProxy('AssetManagerController', [...governed, addressUpdater.address]),
    fAsset: await deployer.deployBehindProxy('FAsset', [
      F_ASSET.name,
      F_ASSET.symbol,
      F_ASSET.assetName,
      F_ASSET.assetSymbol,
      F_ASSET.decimals,
    ]),
  };
}

/** A factory makes proxies of one implementation, which itself is never used. */
async function deployFactory(
  deployer: ContractDeployer,
  contractName: string,
  unusedArgs: readonly unknown[],
): Promise<Deployed> {
  const implementation = await deployer.deploy(contractName, unusedArgs);
  return deployer.deploy(`${contractName}Factory`, [implementation.address]);
}

function deployMintingTags(deployer: ContractDeployer, governed: readonly [string, string]): Promise<Deployed> {
  return deployer.deployBehindProxy('MintingTagManager', [
    ...governed,
    MINTING_TAGS.name,
    MINTING_TAGS.symbol,
    MINTING_TAGS.reservationFeeWei,
    MINTING_TAGS.feeRecipient,
    MINTING_TAGS.reservedTags,
  ]);
}

/** The diamond with its base facets; calls are encoded by IIAssetManager. */
async function deployAssetManager(
  context: DeployContext,
  deployer: ContractDeployer,
  artifacts: ArtifactSet,
  foundations: Foundations,
): Promise<Deployed> {
  const initializer = await deployer.deploy('AssetManagerInit');
  const whole = artifacts.get('IIAssetManager');
  const cuts: FacetCut[] = [];
  for (const name of BASE_FACETS) {
    const facet = await deployer.deploy(name);
    cuts.push(cutOf(facet.artifact, facet.address, whole));
  }
  const initialization = encodeCall(initializer.artifact, 'init', [
    foundations.governanceSettings.address,
    context.deployer.address,
    assetManagerSettings(context, foundations),
    [
      { ...POOL_COLLATERAL, token: foundations.wNat.address },
      { ...VAULT_COLLATERAL, token: foundations.vaultToken.address },
    ],
  ]);
  const { address } = await deployer.deploy('AssetManager', [cuts, initializer.address, initialization]);
  return { address, artifact: whole };
}

function assetManagerSettings(context: DeployContext, foundations: Foundations): Record<string, unknown> {
  return {
    ...ASSET_MANAGER_SETTINGS,
    ...timedSettings(context.timings),
    chainId: encodeBytes32String(context.sourceId),
    assetManagerController: foundations.controller.address,
    fAsset: foundations.fAsset.address,
    agentVaultFactory: foundations.agentVaultFactory.address,
    collateralPoolFactory: foundations.collateralPoolFactory.address,
    collateralPoolTokenFactory: foundations.collateralPoolTokenFactory.address,
    fdcVerification: context.fdc.fdcVerification,
    priceReader: foundations.prices.reader.address,
    agentOwnerRegistry: foundations.agentOwnerRegistry.address,
  };
}

/** Adds the later facets, each group with its initializer, as governance. */
async function extendAssetManager(
  deployer: ContractDeployer,
  artifacts: ArtifactSet,
  foundations: Foundations,
  assetManager: Deployed,
  timings: ProtocolTimings,
): Promise<void> {
  const mintingTagManager = foundations.mintingTagManager?.address ?? ZeroAddress;
  for (const { facets, initializer } of extensionsOf(artifacts.version, mintingTagManager, timings)) {
    const created = new Map<string, Deployed>();
    const cuts: FacetCut[] = [];
    for (const [name, exposedInterface] of facets) {
      const facet = await deployer.deploy(name);
      created.set(name, facet);
      cuts.push(cutOf(facet.artifact, facet.address, artifacts.get(exposedInterface)));
    }
    const { contract, method, args } = initializer;
    const target = created.get(contract) ?? (await deployer.deploy(contract));
    await deployer.call(assetManager, 'diamondCut', [cuts, target.address, encodeCall(target.artifact, method, args)]);
  }
}

/** Creates the core vault manager, tells it and the controller's updater where everything is, and sets it for good. */
async function attachCoreVault(
  context: DeployContext,
  deployer: ContractDeployer,
  foundations: Foundations,
  assetManager: Deployed,
): Promise<Deployed> {
  const { addressUpdater, governanceSettings } = foundations;
  const governor = context.deployer.address;
  const coreVaultManager = await deployer.deployBehindProxy('CoreVaultManager', [
    governanceSettings.address,
    governor,
    addressUpdater.address,
    assetManager.address,
    encodeBytes32String(context.sourceId),
    CORE_VAULT.custodianAddress,
    CORE_VAULT.underlyingAddress,
    CORE_VAULT.firstSequenceNumber,
  ]);
  const names = updaterNames(context, foundations);
  await deployer.call(addressUpdater, 'update', [Object.keys(names), Object.values(names), [coreVaultManager.address]]);
  await deployer.call(coreVaultManager, 'updateSettings', [
    CORE_VAULT.escrowEndTimeS,
    CORE_VAULT.escrowAmountUba,
    CORE_VAULT.minimumLeftUba,
    CORE_VAULT.chainFeeUba,
  ]);
  await deployer.call(coreVaultManager, 'addTriggeringAccounts', [[governor]]);
  await deployer.call(assetManager, 'setCoreVaultManager', [coreVaultManager.address]);
  return coreVaultManager;
}

/** What contracts and Flare's bots look up in the AddressUpdater. */
function updaterNames({ fdc }: DeployContext, foundations: Foundations): Record<string, string> {
  return {
    AddressUpdater: foundations.addressUpdater.address,
    GovernanceSettings: foundations.governanceSettings.address,
    FdcHub: fdc.fdcHub,
    FdcRequestFeeConfigurations: fdc.fdcRequestFeeConfigurations,
    FdcVerification: fdc.fdcVerification,
    FlareSystemsManager: fdc.flareSystemsManager,
    Relay: fdc.relay,
    WNat: foundations.wNat.address,
    FtsoV2PriceStore: foundations.prices.reader.address,
    AssetManagerController: foundations.controller.address,
  };
}

function describe(
  deployer: ContractDeployer,
  version: ArtifactSet['version'],
  deployment: Deployment,
): ProtocolDeployment {
  const { agentOwnerRegistry, assetManager, controller, coreVaultManager, fAsset, prices, vaultToken, wNat } =
    deployment;
  return {
    kind: 'real',
    version,
    assetManager: assetManager.address,
    assetManagerController: controller.address,
    agentOwnerRegistry: agentOwnerRegistry.address,
    fAsset: fAsset.address,
    wNat: wNat.address,
    vaultToken: vaultToken.address,
    priceReader: prices.reader.address,
    registryNames: {
      AssetManagerController: controller.address,
      AssetManagerFTestXRP: assetManager.address,
      AssetManagerFXRP: assetManager.address,
      CoreVaultManager: coreVaultManager.address,
      FTestXRP: fAsset.address,
      FtsoV2PriceStore: prices.reader.address,
      WNat: wNat.address,
    },
    setPrice: (symbol, price) => prices.set(symbol, price),
    async mintVaultToken(to, amount) {
      await deployer.call(vaultToken, 'mintAmount', [to, amount]);
    },
    async whitelistAgentOwner(managementAddress, name) {
      await deployer.call(agentOwnerRegistry, 'whitelistAndDescribeAgent', [managementAddress, name, '', '', '']);
    },
  };
}

/**
 * FakePriceReader: the ordinary and the trusted price of a symbol are always set alike, then their publication is
 * announced as the price store does it. Nothing is remembered here, as the chain may be put back to an earlier state.
 */
class PriceFeeds {
  readonly reader: Deployed;
  readonly #deployer: ContractDeployer;

  constructor(deployer: ContractDeployer, reader: Deployed) {
    this.#deployer = deployer;
    this.reader = reader;
  }

  async setAll(prices: FeedPrices): Promise<void> {
    await this.#write('C2FLR', prices.C2FLR);
    await this.#write('testXRP', prices.testXRP);
    await this.#write('testUSDT', prices.testUSDT);
  }

  async set(symbol: keyof FeedPrices, price: FeedPrice): Promise<void> {
    await this.#write(symbol, price);
    await this.#deployer.call(this.reader, 'finalizePrices', []);
  }

  async #write(symbol: keyof FeedPrices, { value, decimals }: FeedPrice): Promise<void> {
    await this.#deployer.call(this.reader, 'setDecimals', [symbol, decimals]);
    await this.#deployer.call(this.reader, 'setPrice', [symbol, value]);
    await this.#deployer.call(this.reader, 'setPriceFromTrustedProviders', [symbol, value]);
  }
}
