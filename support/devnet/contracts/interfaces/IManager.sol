// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";

/// What vaults, pools, pool tokens and the FAsset ask of the asset manager.
interface IManager {
    function emergencyPauseLevel() external view returns (EmergencyPause.Level);

    function getCollateralPoolTokenTimelockSeconds() external view returns (uint256);

    function getCollateralPool(address agentVault) external view returns (address);

    function getAgentVaultOwner(address agentVault) external view returns (address);

    function isAgentVaultOwner(address agentVault, address account) external view returns (bool);

    function isVaultCollateralToken(IERC20 token) external view returns (bool);

    function isLockedVaultToken(address agentVault, IERC20 token) external view returns (bool);

    /// Value of x UBA in native wei is x · multiplier / divisor.
    function assetPriceNatWei() external view returns (uint256 multiplier, uint256 divisor);

    function getFAssetsBackedByPool(address agentVault) external view returns (uint256);

    function getAgentMinPoolCollateralRatioBIPS(address agentVault) external view returns (uint256);

    function maxRedemptionFromAgent(address agentVault) external view returns (uint256);

    function assetMintingGranularityUBA() external view returns (uint256);

    function lotSize() external view returns (uint256);

    /// Collateral of the vault or its pool grew.
    function updateCollateral(address agentVault, IERC20 token) external;

    /// Reverts unless the calling vault has announced this withdrawal and may make it now.
    function beforeCollateralWithdrawal(IERC20 token, uint256 amountWei) external;

    /// Pool only: closes the agent's tickets and makes a redemption request for the receiver.
    function redeemFromAgent(
        address agentVault,
        address receiver,
        uint256 amountUba,
        string memory receiverUnderlyingAddress,
        address payable executor
    ) external payable;

    /// Pool only: closes the agent's tickets and pays the receiver in vault collateral at once.
    function redeemFromAgentInCollateral(address agentVault, address receiver, uint256 amountUba) external;
}
