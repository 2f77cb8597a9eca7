// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// Share in a collateral pool. No official artifact of it exists.
interface ICollateralPoolToken is IERC20 {
    error OnlyCollateralPool();
    error AlreadyInitialized();
    error InsufficientNonTimelockedBalance();
    error InsufficientTransferableBalance();

    /// Pool only.
    function mint(address account, uint256 amountWei) external returns (uint256 timelockExpiresAt);

    /// Pool only.
    function burn(address account, uint256 amountWei, bool ignoreTimelocks) external;

    function collateralPool() external view returns (address);

    function debtFreeBalanceOf(address account) external view returns (uint256);

    function debtLockedBalanceOf(address account) external view returns (uint256);

    function timelockedBalanceOf(address account) external view returns (uint256);

    function nonTimelockedBalanceOf(address account) external view returns (uint256);

    function transferableBalanceOf(address account) external view returns (uint256);

    function lockedBalanceOf(address account) external view returns (uint256);
}
