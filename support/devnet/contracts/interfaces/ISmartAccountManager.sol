// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// Receives direct mintings that name no account.
interface ISmartAccountManager {
    function mintedFAssets(
        bytes32 transactionId,
        string calldata sourceAddress,
        uint256 amount,
        uint256 underlyingTimestamp,
        bytes calldata memoData,
        address payable executor
    ) external payable;
}
