// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {
    IFlareContractRegistry
} from "@flarenetwork/flare-periphery-contracts/coston2/IFlareContractRegistry.sol";
import {NameTable} from "./NameTable.sol";
import {Owned} from "./Owned.sol";

/**
 * Stand-in of Flare's FlareContractRegistry. Its runtime code is placed at the official address, so it keeps nothing
 * that a constructor would have to write to storage.
 */
contract FlareContractRegistry is IFlareContractRegistry, NameTable {
    constructor(address _owner) Owned(_owner) {}

    function getContractAddressByName(string calldata _name) external view returns (address) {
        return _byName(_name);
    }

    function getContractAddressByHash(bytes32 _nameHash) external view returns (address) {
        return _byHash(_nameHash);
    }

    function getContractAddressesByName(string[] calldata _names) external view returns (address[] memory) {
        return _byNames(_names);
    }

    function getContractAddressesByHash(bytes32[] calldata _nameHashes) external view returns (address[] memory) {
        return _byHashes(_nameHashes);
    }

    function getAllContracts() external view returns (string[] memory _names, address[] memory _addresses) {
        return _all();
    }
}
