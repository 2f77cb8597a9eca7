// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// Holds one agent's vault collateral and the agent's pool tokens. No official artifact of it exists.
interface IAgentVault {
    error OnlyOwner();
    error OnlyAssetManager();
    error UnknownToken();
    error OnlyNonCollateralTokens();

    function buyCollateralPoolTokens() external payable;

    function withdrawPoolFees(uint256 amountUba, address recipient) external;

    function redeemCollateralPoolTokens(uint256 tokensWei, address payable recipient) external;

    function depositCollateral(IERC20 token, uint256 amount) external;

    function updateCollateral(IERC20 token) external;

    function withdrawCollateral(IERC20 token, uint256 amount, address recipient) external;

    function transferExternalToken(IERC20 token, uint256 amount) external;

    /// Asset manager only.
    function payout(IERC20 token, address recipient, uint256 amount) external;

    /// Asset manager only.
    function destroy() external;

    function collateralPool() external view returns (address);

    function isOwner(address account) external view returns (bool);
}
