// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/// What the asset manager asks of a destination tag; the official interface drags the whole of ERC-721 along.
interface IMintingTags {
    function mintingRecipient(uint256 tag) external view returns (address);

    function allowedExecutor(uint256 tag) external view returns (address);
}
