/** The protocol's views by contract: the official ABI where there is one, the rest by hand (protocol facts, section 1). */
import fAssetAbi from '@flarenetwork/flare-periphery-contract-artifacts/coston2/artifacts/contracts/IFAsset.sol/IFAsset.json' with { type: 'json' };
import { Interface } from 'ethers';
import { assetManagerInterface } from '../clients/flare/interfaces.ts';

export const managerViews = new Interface([
  ...assetManagerInterface.fragments,
  'function assetPriceNatWei() view returns (uint256 multiplier, uint256 divisor)',
  'function getCollateralPoolTokenTimelockSeconds() view returns (uint256)',
  'function getFAssetsBackedByPool(address) view returns (uint256)',
  'function getWNat() view returns (address)',
  'function getWorkAddress(address) view returns (address)',
  'function isAgentVaultOwner(address, address) view returns (bool)',
  'function isLockedVaultToken(address, address) view returns (bool)',
  'function isVaultCollateralToken(address) view returns (bool)',
  'function maxRedemptionFromAgent(address) view returns (uint256)',
]);

export const fAssetViews = new Interface(fAssetAbi);

export const vaultViews = new Interface([
  'function collateralPool() view returns (address)',
  'function isOwner(address) view returns (bool)',
]);

export const poolViews = new Interface([
  'function agentVault() view returns (address)',
  'function assetManager() view returns (address)',
  'function debtFreeTokensOf(address) view returns (uint256)',
  'function debtLockedTokensOf(address) view returns (uint256)',
  'function exitCollateralRatioBIPS() view returns (uint32)',
  'function fAsset() view returns (address)',
  'function fAssetFeeDebtOf(address) view returns (int256)',
  'function fAssetFeesOf(address) view returns (uint256)',
  'function fAssetRequiredForSelfCloseExit(uint256) view returns (uint256)',
  'function poolToken() view returns (address)',
  'function token() view returns (address)',
  'function totalCollateral() view returns (uint256)',
  'function totalFAssetFeeDebt() view returns (int256)',
  'function totalFAssetFees() view returns (uint256)',
  'function virtualFAssetOf(address) view returns (uint256)',
  'function wNat() view returns (address)',
]);

export const poolTokenViews = new Interface([
  'function allowance(address, address) view returns (uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function collateralPool() view returns (address)',
  'function debtFreeBalanceOf(address) view returns (uint256)',
  'function debtLockedBalanceOf(address) view returns (uint256)',
  'function decimals() view returns (uint8)',
  'function lockedBalanceOf(address) view returns (uint256)',
  'function name() view returns (string)',
  'function nonTimelockedBalanceOf(address) view returns (uint256)',
  'function symbol() view returns (string)',
  'function timelockedBalanceOf(address) view returns (uint256)',
  'function totalSupply() view returns (uint256)',
  'function transferableBalanceOf(address) view returns (uint256)',
]);

/** By the contract's name, for people. */
export const VIEWS: ReadonlyMap<string, Interface> = new Map([
  ['AssetManager', managerViews],
  ['FAsset', fAssetViews],
  ['AgentVault', vaultViews],
  ['CollateralPool', poolViews],
  ['CollateralPoolToken', poolTokenViews],
]);
