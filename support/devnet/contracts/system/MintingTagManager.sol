// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Enumerable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Enumerable.sol";
import {IMintingTags} from "../interfaces/IMintingTags.sol";
import {NativeTransfer} from "./NativeTransfer.sol";

/// Destination tags for direct minting, each owned like an NFT: who receives what is paid with the tag, and who alone
/// may execute it. The fee is fixed.
contract MintingTagManager is ERC721Enumerable, IMintingTags {
    event MintingTagReserved(uint256 tag, address owner);
    event RecipientChanged(uint256 tag, address recipient);
    event AllowedExecutorChangePending(uint256 tag, address executor, uint256 activeAfterTs);

    error OnlyTagOwner();
    error WrongReservationPaymentAmount();
    error ZeroAddress();

    struct Tag {
        address recipient;
        address executor;
        address oldExecutor;
        uint256 executorActiveAfter;
    }

    /// Longer than a proof takes, so that an executor who has paid for one is not shut out.
    uint256 private constant EXECUTOR_CHANGE_S = 10 minutes;

    uint256 public immutable reservationFee;
    address payable public immutable reservationFeeRecipient;
    uint256 public nextAvailableTag;
    mapping(uint256 => Tag) private tags;

    modifier onlyTagOwner(uint256 tag) {
        require(ownerOf(tag) == msg.sender, OnlyTagOwner());
        _;
    }

    constructor(
        string memory name,
        string memory symbol,
        uint256 feeWei,
        address payable feeRecipient,
        uint256 reservedTags
    ) ERC721(name, symbol) {
        reservationFee = feeWei;
        reservationFeeRecipient = feeRecipient;
        nextAvailableTag = reservedTags;
    }

    function reserve() external payable returns (uint256 tag) {
        require(msg.value == reservationFee, WrongReservationPaymentAmount());
        tag = nextAvailableTag++;
        _safeMint(msg.sender, tag);
        emit MintingTagReserved(tag, msg.sender);
        NativeTransfer.send(reservationFeeRecipient, msg.value);
    }

    function setMintingRecipient(uint256 tag, address recipient) external onlyTagOwner(tag) {
        require(recipient != address(0), ZeroAddress());
        _setRecipient(tag, recipient);
    }

    /// Takes effect after ten minutes.
    function setAllowedExecutor(uint256 tag, address executor) external onlyTagOwner(tag) {
        _setExecutor(tag, executor);
    }

    function transfer(address to, uint256 tag) external {
        _transfer(msg.sender, to, tag);
    }

    function reservedTagsForOwner(address owner) external view returns (uint256[] memory owned) {
        owned = new uint256[](balanceOf(owner));
        for (uint256 i = 0; i < owned.length; i++) owned[i] = tokenOfOwnerByIndex(owner, i);
    }

    function mintingRecipient(uint256 tag) external view returns (address) {
        return tags[tag].recipient;
    }

    function allowedExecutor(uint256 tag) external view returns (address) {
        return _executorInForce(tags[tag]);
    }

    function pendingAllowedExecutorChange(
        uint256 tag
    ) external view returns (bool _pending, address _newExecutor, uint256 _activeAfterTs) {
        Tag storage data = tags[tag];
        if (block.timestamp >= data.executorActiveAfter) return (false, address(0), 0);
        return (true, data.executor, data.executorActiveAfter);
    }

    /// A new owner starts as the recipient, with no executor named.
    function _afterTokenTransfer(address, address to, uint256 firstTag, uint256) internal override {
        _setRecipient(firstTag, to);
        _setExecutor(firstTag, address(0));
    }

    function _setRecipient(uint256 tag, address recipient) private {
        if (tags[tag].recipient == recipient) return;
        tags[tag].recipient = recipient;
        emit RecipientChanged(tag, recipient);
    }

    function _setExecutor(uint256 tag, address executor) private {
        Tag storage data = tags[tag];
        address inForce = _executorInForce(data);
        if (inForce == executor) return;
        data.oldExecutor = inForce;
        data.executor = executor;
        data.executorActiveAfter = block.timestamp + EXECUTOR_CHANGE_S;
        emit AllowedExecutorChangePending(tag, executor, data.executorActiveAfter);
    }

    function _executorInForce(Tag storage data) private view returns (address) {
        return block.timestamp >= data.executorActiveAfter ? data.executor : data.oldExecutor;
    }
}
