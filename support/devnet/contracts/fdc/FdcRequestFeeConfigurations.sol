// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {
    IFdcRequestFeeConfigurations
} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcRequestFeeConfigurations.sol";
import {Owned} from "./Owned.sol";

/**
 * Stand-in of Flare's FdcRequestFeeConfigurations: one fee for each attestation type and source, set by the owner.
 */
contract FdcRequestFeeConfigurations is IFdcRequestFeeConfigurations, Owned {
    mapping(bytes32 typeAndSource => uint256 feeWei) private fees;

    constructor(address _owner) Owned(_owner) {}

    function setTypeAndSourceFee(bytes32 _attestationType, bytes32 _source, uint256 _fee) external onlyOwner {
        require(_fee > 0, "Fee must be greater than 0");
        fees[keccak256(abi.encode(_attestationType, _source))] = _fee;
        emit TypeAndSourceFeeSet(_attestationType, _source, _fee);
    }

    function removeTypeAndSourceFee(bytes32 _attestationType, bytes32 _source) external onlyOwner {
        bytes32 key = keccak256(abi.encode(_attestationType, _source));
        require(fees[key] > 0, "Fee not set");
        delete fees[key];
        emit TypeAndSourceFeeRemoved(_attestationType, _source);
    }

    /// A request begins with its type and its source, 32 bytes each.
    function getRequestFee(bytes calldata _data) external view returns (uint256 _fee) {
        require(_data.length >= 64, "Request data too short, should at least specify type and source");
        _fee = fees[keccak256(_data[:64])];
        require(_fee > 0, "Type and source combination not supported");
    }
}
