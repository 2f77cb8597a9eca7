/** Calls of contracts other than the asset manager, by the functions that probes need. */
import { Interface } from 'ethers';
import type { Call } from './simulation.ts';

const functions = new Interface([
  'function pauseMinting()',
  'function unpauseMinting()',
  'function attachController(bool)',
  'function emergencyPause(uint8 level, bool byGovernance, uint256 durationS)',
  'function setMintingCapAmg(uint256)',
  'function setMaxRedeemedTickets(uint256)',
  'function setCollateralRatiosForToken(uint8,address,uint256,uint256)',
  'function setMinimumRedeemAmountUBA(uint256)',
  'function switchToProductionMode()',
  'function executeGovernanceCall(bytes)',
  'function revokeAddress(address)',
  'function transfer(address,uint256)',
  'function approve(address,uint256)',
  'function balanceOf(address) view returns (uint256)',
  'function enter() payable',
  'function exit(uint256)',
  'function selfCloseExitTo(uint256,bool,address,string,address) payable',
  'function withdrawFees(uint256)',
  'function payFAssetFeeDebt(uint256)',
  'function depositCollateral(address,uint256)',
  'function withdrawCollateral(address,uint256,address)',
  'function redeemCollateralPoolTokens(uint256,address)',
  'function reserve() payable',
  'function setMintingRecipient(uint256,address)',
  'function setAllowedExecutor(uint256,address)',
]);

export function call(from: string, to: string, name: string, args: readonly unknown[] = [], valueWei = 0n): Call {
  return { from, to, data: functions.encodeFunctionData(name, args), valueWei };
}

/** One word of an answer. */
export const word = (value: bigint): string => `0x${value.toString(16).padStart(64, '0')}`;

/** The role that only governance and its contracts have. */
export const views = new Interface([
  'function governance() view returns (address)',
  'function governanceSettings() view returns (address)',
  'function productionMode() view returns (bool)',
  'function getCoreVaultManager() view returns (address)',
  'function getMintingTagManager() view returns (address)',
  'function totalSupply() view returns (uint256)',
  'function totalCollateral() view returns (uint256)',
  'function fAssetFeesOf(address) view returns (uint256)',
  'function fAssetFeeDebtOf(address) view returns (int256)',
  'function balanceOf(address) view returns (uint256)',
  'function reservationFee() view returns (uint256)',
  'function nextAvailableTag() view returns (uint256)',
]);
