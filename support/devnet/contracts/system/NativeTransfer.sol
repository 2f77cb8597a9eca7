// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// Sends native coin with a bounded amount of gas, so that a receiver cannot burn the sender's.
library NativeTransfer {
    uint256 private constant GAS_ALLOWANCE = 100_000;

    error TransferFailed();

    function send(address payable recipient, uint256 amountWei) internal {
        if (amountWei == 0) return;
        (bool sent, ) = recipient.call{value: amountWei, gas: GAS_ALLOWANCE}("");
        require(sent, TransferFailed());
    }
}
