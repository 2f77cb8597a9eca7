// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IAddressValidity} from "@flarenetwork/flare-periphery-contracts/coston2/IAddressValidity.sol";
import {IConfirmedBlockHeightExists} from "@flarenetwork/flare-periphery-contracts/coston2/IConfirmedBlockHeightExists.sol";
import {IFdcVerification} from "@flarenetwork/flare-periphery-contracts/coston2/IFdcVerification.sol";
import {IPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IPayment.sol";
import {IReferencedPaymentNonexistence} from "@flarenetwork/flare-periphery-contracts/coston2/IReferencedPaymentNonexistence.sol";
import {IXRPPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPayment.sol";
import {IXRPPaymentNonexistence} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPaymentNonexistence.sol";
import {Store} from "./Store.sol";

/// Requires a proof to be about our underlying chain and known to the FDC. What it proves is the caller's business.
library Proofs {
    error PaymentFailed();
    error InvalidChain();
    error LegalPaymentNotProven();
    error BlockHeightNotProven();
    error NonPaymentNotProven();
    error AddressValidityNotProven();
    error OnlyProofOwner();

    uint8 internal constant PAYMENT_SUCCESS = 0;
    uint8 internal constant PAYMENT_FAILED = 1;
    uint8 internal constant PAYMENT_BLOCKED = 2;

    function requireSuccessfulPayment(IPayment.Proof calldata proof) internal view {
        require(proof.data.responseBody.status == PAYMENT_SUCCESS, PaymentFailed());
        requirePayment(proof);
    }

    function requirePayment(IPayment.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyPayment(proof), LegalPaymentNotProven());
    }

    function requireSuccessfulXrpPayment(IXRPPayment.Proof calldata proof) internal view {
        require(proof.data.responseBody.status == PAYMENT_SUCCESS, PaymentFailed());
        requireXrpPayment(proof);
    }

    function requireXrpPayment(IXRPPayment.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyXRPPayment(proof), LegalPaymentNotProven());
    }

    function requireNonPayment(IReferencedPaymentNonexistence.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyReferencedPaymentNonexistence(proof), NonPaymentNotProven());
    }

    function requireXrpNonPayment(IXRPPaymentNonexistence.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyXRPPaymentNonexistence(proof), NonPaymentNotProven());
    }

    function requireBlockHeight(IConfirmedBlockHeightExists.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyConfirmedBlockHeightExists(proof), BlockHeightNotProven());
    }

    function requireAddressValidity(IAddressValidity.Proof calldata proof) internal view {
        _requireOurChain(proof.data.sourceId);
        require(_fdc().verifyAddressValidity(proof), AddressValidityNotProven());
    }

    /// A proof made for somebody is of no use to others.
    function requireProofOwner(address proofOwner) internal view {
        require(proofOwner == address(0) || proofOwner == msg.sender, OnlyProofOwner());
    }

    function _requireOurChain(bytes32 sourceId) private view {
        require(sourceId == Store.settings().chainId, InvalidChain());
    }

    function _fdc() private view returns (IFdcVerification) {
        return IFdcVerification(Store.settings().fdcVerification);
    }
}
