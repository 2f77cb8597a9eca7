// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Owned} from "./Owned.sol";

/**
 * Names and addresses, by name or by keccak256(abi.encode(name)); unknown names give the zero address. The shared part
 * of FlareContractRegistry and AddressUpdater. Names are never removed.
 */
abstract contract NameTable is Owned {
    string[] private names;
    mapping(bytes32 nameHash => address) private addresses;

    /// Adds names or replaces their addresses.
    function setAddresses(string[] calldata _names, address[] calldata _addresses) external onlyOwner {
        require(_names.length == _addresses.length, "array lengths do not match");
        for (uint256 i = 0; i < _names.length; i++) {
            require(_addresses[i] != address(0), "address zero");
            bytes32 nameHash = _hash(_names[i]);
            if (addresses[nameHash] == address(0)) names.push(_names[i]);
            addresses[nameHash] = _addresses[i];
        }
    }

    function _byHash(bytes32 _nameHash) internal view returns (address) {
        return addresses[_nameHash];
    }

    function _byHashes(bytes32[] calldata _nameHashes) internal view returns (address[] memory _addresses) {
        _addresses = new address[](_nameHashes.length);
        for (uint256 i = 0; i < _nameHashes.length; i++) _addresses[i] = addresses[_nameHashes[i]];
    }

    function _byName(string calldata _name) internal view returns (address) {
        return addresses[_hash(_name)];
    }

    function _byNames(string[] calldata _names) internal view returns (address[] memory _addresses) {
        _addresses = new address[](_names.length);
        for (uint256 i = 0; i < _names.length; i++) _addresses[i] = _byName(_names[i]);
    }

    function _all() internal view returns (string[] memory _names, address[] memory _addresses) {
        _names = names;
        _addresses = new address[](_names.length);
        for (uint256 i = 0; i < _names.length; i++) _addresses[i] = addresses[_hash(_names[i])];
    }

    function _hash(string memory _name) private pure returns (bytes32) {
        return keccak256(abi.encode(_name));
    }
}
