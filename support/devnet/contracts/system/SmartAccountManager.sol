// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ISmartAccountManager} from "../interfaces/ISmartAccountManager.sol";

/// Keeps what is minted to it and does nothing more: there are no smart accounts on the devnet.
contract SmartAccountManager is ISmartAccountManager {
    event FAssetsReceived(bytes32 transactionId, string sourceAddress, uint256 amount);

    function mintedFAssets(
        bytes32 transactionId,
        string calldata sourceAddress,
        uint256 amount,
        uint256,
        bytes calldata,
        address payable
    ) external payable {
        emit FAssetsReceived(transactionId, sourceAddress, amount);
    }
}
