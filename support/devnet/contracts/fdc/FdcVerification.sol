// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IAddressValidity} from "@flarenetwork/flare-periphery-contracts/coston2/IAddressValidity.sol";
import {
    IBalanceDecreasingTransaction
} from "@flarenetwork/flare-periphery-contracts/coston2/IBalanceDecreasingTransaction.sol";
import {
    IConfirmedBlockHeightExists
} from "@flarenetwork/flare-periphery-contracts/coston2/IConfirmedBlockHeightExists.sol";
import {IEVMTransaction} from "@flarenetwork/flare-periphery-contracts/coston2/IEVMTransaction.sol";
import {IFdcVerification} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcVerification.sol";
import {IPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IPayment.sol";
import {
    IReferencedPaymentNonexistence
} from "@flarenetwork/flare-periphery-contracts/coston2/IReferencedPaymentNonexistence.sol";
import {IRelay} from "@flarenetwork/flare-periphery-contracts/coston2/IRelay.sol";
import {IWeb2Json} from "@flarenetwork/flare-periphery-contracts/coston2/IWeb2Json.sol";
import {IXRPPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPayment.sol";
import {
    IXRPPaymentNonexistence
} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPaymentNonexistence.sol";

/**
 * Stand-in of Flare's FdcVerification: does a Merkle proof lead from this response to the root of its round?
 *
 * It answers false and never reverts, and it looks at no value of the response: that is the consumer's part. The two
 * attestation types that have nothing to do with XRP are always false.
 */
contract FdcVerification is IFdcVerification {
    uint8 public constant fdcProtocolId = 200;
    IRelay public immutable relay;

    constructor(IRelay _relay) {
        relay = _relay;
    }

    function verifyAddressValidity(IAddressValidity.Proof calldata _proof) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("AddressValidity") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyBalanceDecreasingTransaction(
        IBalanceDecreasingTransaction.Proof calldata _proof
    ) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("BalanceDecreasingTransaction") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyConfirmedBlockHeightExists(
        IConfirmedBlockHeightExists.Proof calldata _proof
    ) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("ConfirmedBlockHeightExists") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyPayment(IPayment.Proof calldata _proof) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("Payment") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyReferencedPaymentNonexistence(
        IReferencedPaymentNonexistence.Proof calldata _proof
    ) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("ReferencedPaymentNonexistence") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyXRPPayment(IXRPPayment.Proof calldata _proof) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("XRPPayment") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyXRPPaymentNonexistence(
        IXRPPaymentNonexistence.Proof calldata _proof
    ) external view returns (bool) {
        return
            _proof.data.attestationType == bytes32("XRPPaymentNonexistence") &&
            _leads(_proof.merkleProof, _proof.data.votingRound, keccak256(abi.encode(_proof.data)));
    }

    function verifyEVMTransaction(IEVMTransaction.Proof calldata) external pure returns (bool) {
        return false;
    }

    function verifyWeb2Json(IWeb2Json.Proof calldata) external pure returns (bool) {
        return false;
    }

    function _leads(bytes32[] calldata _merkleProof, uint64 _votingRound, bytes32 _leaf) private view returns (bool) {
        return MerkleProof.verify(_merkleProof, relay.merkleRoots(fdcProtocolId, _votingRound), _leaf);
    }
}
