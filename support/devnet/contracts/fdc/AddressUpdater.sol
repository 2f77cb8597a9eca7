// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {NameTable} from "./NameTable.sol";
import {Owned} from "./Owned.sol";

/**
 * Stand-in of Flare's AddressUpdater: the look-ups that bots and contracts do. Unlike the registry it refuses unknown
 * names. It pushes no addresses into other contracts.
 */
contract AddressUpdater is NameTable {
    constructor(address _owner) Owned(_owner) {}

    function getContractAddress(string calldata _name) external view returns (address) {
        return _known(_byName(_name));
    }

    function getContractAddressByHash(bytes32 _nameHash) external view returns (address) {
        return _known(_byHash(_nameHash));
    }

    function getContractAddresses(string[] calldata _names) external view returns (address[] memory) {
        return _allKnown(_byNames(_names));
    }

    function getContractAddressesByHash(bytes32[] calldata _nameHashes) external view returns (address[] memory) {
        return _allKnown(_byHashes(_nameHashes));
    }

    function getContractNamesAndAddresses()
        external
        view
        returns (string[] memory _names, address[] memory _addresses)
    {
        return _all();
    }

    function _known(address _address) private pure returns (address) {
        require(_address != address(0), "address zero");
        return _address;
    }

    function _allKnown(address[] memory _addresses) private pure returns (address[] memory) {
        for (uint256 i = 0; i < _addresses.length; i++) _known(_addresses[i]);
        return _addresses;
    }
}
