// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// Whoever deploys it is governance, for good.
abstract contract Governed {
    error OnlyGovernance();

    address public immutable governance = msg.sender;

    modifier onlyGovernance() {
        require(msg.sender == governance, OnlyGovernance());
        _;
    }
}
