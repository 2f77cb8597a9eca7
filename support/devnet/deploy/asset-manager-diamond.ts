/**
 * The asset manager is a diamond: this file says which facets it is made of and which functions each one brings.
 *
 * The lists are those of the protocol's own deployment (deploy-asset-manager-facets, deploy-asset-manager). Nothing is
 * sent from here.
 */
import { FunctionFragment, type JsonFragment, ZeroAddress } from 'ethers';
import { type Artifact, ArtifactError, type ArtifactSet } from './artifacts.ts';
import type { ProtocolTimings } from '../timings.ts';
import { CORE_VAULT, DIRECT_MINTING } from './coston2-settings.ts';

/** Facets that the constructor adds; each exposes what it shares with IIAssetManager. */
export const BASE_FACETS = [
  'AssetManagerDiamondCutFacet',
  'DiamondLoupeFacet',
  'AgentInfoFacet',
  'AvailableAgentsFacet',
  'CollateralReservationsFacet',
  'MintingFacet',
  'MintingDefaultsFacet',
  'RedemptionRequestsFacet',
  'RedemptionConfirmationsFacet',
  'RedemptionDefaultsFacet',
  'LiquidationFacet',
  'ChallengesFacet',
  'UnderlyingBalanceFacet',
  'UnderlyingTimekeepingFacet',
  'AgentVaultManagementFacet',
  'AgentSettingsFacet',
  'CollateralTypesFacet',
  'AgentCollateralFacet',
  'SettingsReaderFacet',
  'SettingsManagementFacet',
  'AgentVaultAndPoolSupportFacet',
  'SystemStateManagementFacet',
  'SystemInfoFacet',
  'EmergencyPauseFacet',
  'AgentPingFacet',
  'AgentAlwaysAllowedMintersFacet',
] as const;

/** Facets added afterwards by governance, with an initializer that runs in the same cut. */
export interface Extension {
  /** Facet and the interface whose functions it brings. */
  readonly facets: readonly (readonly [facet: string, exposedInterface: string])[];
  readonly initializer: { readonly contract: string; readonly method: string; readonly args: readonly unknown[] };
}

/** IDiamond.FacetCut; action 0 adds. */
export interface FacetCut {
  readonly facetAddress: string;
  readonly action: 0;
  readonly functionSelectors: readonly string[];
}

/** The extensions of a release. `mintingTagManager` exists from v1.3 on; the smart account manager is set later. */
export function extensionsOf(
  version: ArtifactSet['version'],
  mintingTagManager: string,
  { redemptionExtensionS }: Pick<ProtocolTimings, 'redemptionExtensionS'>,
): readonly Extension[] {
  // v1.3 put the default penalty before the redemption fee, of the same type: a swap would go unnoticed.
  const penalty = version === 'v1.3' ? [CORE_VAULT.transferDefaultPenaltyBips] : [];
  const common: Extension[] = [
    {
      facets: [['RedemptionTimeExtensionFacet', 'IRedemptionTimeExtension']],
      initializer: {
        contract: 'RedemptionTimeExtensionFacet',
        method: 'initRedemptionTimeExtensionFacet',
        args: [redemptionExtensionS],
      },
    },
    {
      facets: [
        ['CoreVaultClientFacet', 'ICoreVaultClient'],
        ['CoreVaultClientSettingsFacet', 'ICoreVaultClientSettings'],
      ],
      initializer: {
        contract: 'CoreVaultClientSettingsFacet',
        method: 'initCoreVaultFacet',
        args: [
          ZeroAddress,
          CORE_VAULT.nativeAddress,
          CORE_VAULT.transferTimeExtensionS,
          ...penalty,
          CORE_VAULT.redemptionFeeBips,
          CORE_VAULT.minimumAmountLeftBips,
          CORE_VAULT.minimumRedeemLots,
        ],
      },
    },
  ];
  if (version === 'v1.2') return common;
  return [
    ...common,
    {
      facets: [
        ['DirectMintingFacet', 'IDirectMinting'],
        ['DirectMintingSettingsFacet', 'IDirectMintingSettings'],
        ['RedeemExtendedSettingsFacet', 'IRedeemExtendedSettings'],
      ],
      initializer: {
        contract: 'DirectMintingAndRedeemExtendedInit',
        method: 'initialize',
        args: [{ ...DIRECT_MINTING, mintingTagManager, smartAccountManager: ZeroAddress }],
      },
    },
  ];
}

/** The cut that adds what `facet`, deployed at `facetAddress`, shares with an interface. */
export function cutOf(facet: Artifact, facetAddress: string, exposedInterface: Artifact): FacetCut {
  return { facetAddress, action: 0, functionSelectors: sharedSelectors(facet, exposedInterface) };
}

/** Throws ArtifactError naming the functions of IIAssetManager that no facet brings, before anything is sent. */
export function checkComplete(artifacts: ArtifactSet): void {
  const whole = artifacts.get('IIAssetManager');
  const parts: (readonly [facet: string, exposedInterface: string])[] = [
    ...BASE_FACETS.map((facet) => [facet, 'IIAssetManager'] as const),
    ...extensionsOf(artifacts.version, ZeroAddress, { redemptionExtensionS: 0n }).flatMap(({ facets }) => facets),
  ];
  const added = new Set(
    parts.flatMap(([facet, exposed]) => sharedSelectors(artifacts.get(facet), artifacts.get(exposed))),
  );
  const missing = functionsOf(whole).filter(({ selector }) => !added.has(selector));
  if (missing.length > 0)
    throw new ArtifactError(
      `no facet in ${artifacts.folder} brings ${missing.map(({ name }) => name).join(', ')} of IIAssetManager`,
    );
}

/** Selectors of `facet` that `exposedInterface` has too; a facet repeats functions that another one brings. */
function sharedSelectors(facet: Artifact, exposedInterface: Artifact): string[] {
  const exposed = new Set(selectors(exposedInterface));
  const shared = selectors(facet).filter((selector) => exposed.has(selector));
  if (shared.length === 0)
    throw new ArtifactError(`${facet.contractName} has no function of ${exposedInterface.contractName}`);
  return shared;
}

const parsedFunctions = new WeakMap<readonly JsonFragment[], readonly FunctionFragment[]>();

function functionsOf({ abi }: Artifact): readonly FunctionFragment[] {
  const known = parsedFunctions.get(abi);
  if (known !== undefined) return known;
  const functions = abi.filter(({ type }) => type === 'function').map((fragment) => FunctionFragment.from(fragment));
  parsedFunctions.set(abi, functions);
  return functions;
}

function selectors(artifact: Artifact): string[] {
  return functionsOf(artifact).map(({ selector }) => selector);
}
