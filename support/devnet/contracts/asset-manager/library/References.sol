// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IFdcVerification} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcVerification.sol";
import {Store} from "./Store.sol";

/// Payment references (8 bytes of type, then the id in the low bits) and the random steps between ids.
library References {
    uint256 private constant TYPE_SHIFT = 192;
    uint256 private constant MINTING = 0x4642505266410001;
    uint256 private constant REDEMPTION = 0x4642505266410002;
    uint256 private constant ANNOUNCED_WITHDRAWAL = 0x4642505266410003;
    uint256 private constant REDEMPTION_FROM_CORE_VAULT = 0x4642505266410005;
    uint256 private constant TOPUP = 0x4642505266410011;
    uint256 private constant SELF_MINT = 0x4642505266410012;
    uint256 private constant DIRECT_MINTING = 0x4642505266410018;
    uint256 private constant LARGEST_ID_STEP = 1000;

    function minting(uint256 id) internal pure returns (bytes32) {
        return _join(MINTING, id);
    }

    function redemption(uint256 id) internal pure returns (bytes32) {
        return _join(REDEMPTION, id);
    }

    function announcedWithdrawal(uint256 id) internal pure returns (bytes32) {
        return _join(ANNOUNCED_WITHDRAWAL, id);
    }

    function topup(address agentVault) internal pure returns (bytes32) {
        return _join(TOPUP, uint160(agentVault));
    }

    function selfMint(address agentVault) internal pure returns (bytes32) {
        return _join(SELF_MINT, uint160(agentVault));
    }

    function redemptionFromCoreVault(uint256 id) internal pure returns (bytes32) {
        return _join(REDEMPTION_FROM_CORE_VAULT, id);
    }

    function isRedemption(bytes32 paymentReference) internal pure returns (bool) {
        return uint256(paymentReference) >> TYPE_SHIFT == REDEMPTION && _lowBits(paymentReference) != 0;
    }

    /// The account a direct minting is for; zero if the reference is none.
    function directMintingTarget(bytes32 paymentReference) internal pure returns (address) {
        uint256 target = _lowBits(paymentReference);
        bool isTarget = uint256(paymentReference) >> TYPE_SHIFT == DIRECT_MINTING && target <= type(uint160).max;
        return isTarget ? address(uint160(target)) : address(0);
    }

    /// 1 to 1000, so that nobody can pay for a request before it was made.
    function randomIdStep() internal view returns (uint256) {
        (uint256 random, , ) = IFdcVerification(Store.settings().fdcVerification).relay().getRandomNumber();
        return ((random + block.number) % LARGEST_ID_STEP) + 1;
    }

    function _lowBits(bytes32 paymentReference) private pure returns (uint256) {
        return uint256(paymentReference) & ((1 << TYPE_SHIFT) - 1);
    }

    function _join(uint256 referenceType, uint256 id) private pure returns (bytes32) {
        return bytes32((referenceType << TYPE_SHIFT) | id);
    }
}
