// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/**
 * One owner for life, kept in the code and not in storage: it survives when the code is placed at another address
 * with anvil_setCode. Cannot be handed over.
 */
abstract contract Owned {
    address public immutable owner;

    modifier onlyOwner() {
        require(msg.sender == owner, "only owner");
        _;
    }

    constructor(address _owner) {
        owner = _owner;
    }
}
