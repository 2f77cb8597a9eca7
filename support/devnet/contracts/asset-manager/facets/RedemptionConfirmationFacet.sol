// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAddressValidity} from "@flarenetwork/flare-periphery-contracts/coston2/IAddressValidity.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IPayment.sol";
import {IXRPPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPayment.sol";
import {RedemptionRequestInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionRequestInfo.sol";
import {Agents} from "../library/Agents.sol";
import {Backing} from "../library/Backing.sol";
import {Facet} from "../library/Facet.sol";
import {Payouts} from "../library/Payouts.sol";
import {Proofs} from "../library/Proofs.sol";
import {RedemptionDefaults} from "../library/RedemptionDefaults.sol";
import {Redemptions} from "../library/Redemptions.sol";
import {References} from "../library/References.sol";
import {Store} from "../library/Store.sol";
import {Agent, Redemption} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// The agent proves how it dealt with a request: paid, tried to pay, or could not because the address is no address.
contract RedemptionConfirmationFacet is Facet {
    using SafeCast for uint256;
    using Units for uint256;

    error InvalidRedemptionReference();
    error RedemptionPaymentTooOld();
    error SourceNotAgentsUnderlyingAddress();
    error DestinationTagNotSupported();
    error InvalidReceivingAddressSelected();
    error InvalidRedemptionStatus();
    error WrongAddress();
    error AddressValid();

    /// What both kinds of payment proof have in common.
    struct PaymentFacts {
        bytes32 transactionId;
        bytes32 paymentReference;
        uint256 blockNumber;
        uint256 blockTimestamp;
        bytes32 sourceAddressHash;
        bytes32 intendedReceiverHash;
        int256 spentUba;
        int256 intendedReceivedUba;
        uint8 status;
        bool tagIsKnown;
        bool hasTag;
        uint256 tag;
    }

    function confirmRedemptionPayment(
        IPayment.Proof calldata payment,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        Proofs.requirePayment(payment);
        IPayment.ResponseBody calldata body = payment.data.responseBody;
        PaymentFacts memory facts;
        facts.transactionId = payment.data.requestBody.transactionId;
        facts.paymentReference = body.standardPaymentReference;
        facts.blockNumber = body.blockNumber;
        facts.blockTimestamp = body.blockTimestamp;
        facts.sourceAddressHash = body.sourceAddressHash;
        facts.intendedReceiverHash = body.intendedReceivingAddressHash;
        facts.spentUba = body.spentAmount;
        facts.intendedReceivedUba = body.intendedReceivedAmount;
        facts.status = body.status;
        _confirm(redemptionRequestId, facts);
    }

    function confirmXRPRedemptionPayment(
        IXRPPayment.Proof calldata payment,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        Proofs.requireXrpPayment(payment);
        Proofs.requireProofOwner(payment.data.requestBody.proofOwner);
        IXRPPayment.ResponseBody calldata body = payment.data.responseBody;
        PaymentFacts memory facts;
        facts.transactionId = payment.data.requestBody.transactionId;
        if (body.hasMemoData && body.firstMemoData.length == 32) facts.paymentReference = bytes32(body.firstMemoData);
        facts.blockNumber = body.blockNumber;
        facts.blockTimestamp = body.blockTimestamp;
        facts.sourceAddressHash = body.sourceAddressHash;
        facts.intendedReceiverHash = body.intendedReceivingAddressHash;
        facts.spentUba = body.spentAmount;
        facts.intendedReceivedUba = body.intendedReceivedAmount;
        facts.status = body.status;
        facts.tagIsKnown = true;
        facts.hasTag = body.hasDestinationTag;
        facts.tag = body.destinationTag;
        _confirm(redemptionRequestId, facts);
    }

    /// The address is invalid or not in its normal form: the redeemer gets nothing.
    function rejectInvalidRedemption(
        IAddressValidity.Proof calldata proof,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        Redemption storage request = Redemptions.getOpen(redemptionRequestId);
        Agent storage agent = Agents.get(request.agentVault);
        require(request.status == RedemptionRequestInfo.Status.ACTIVE, InvalidRedemptionStatus());
        Agents.requireOwner(agent);
        Proofs.requireAddressValidity(proof);
        bytes32 provenHash = keccak256(bytes(proof.data.requestBody.addressStr));
        require(provenHash == request.underlyingAddressHash, WrongAddress());
        IAddressValidity.ResponseBody calldata found = proof.data.responseBody;
        require(!found.isValid || found.standardAddressHash != request.underlyingAddressHash, AddressValid());
        Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
        Redemptions.burnExecutorFee(request);
        emit IAssetManagerEvents.RedemptionRejected(
            request.agentVault,
            request.redeemer,
            redemptionRequestId,
            request.valueUba
        );
        request.status = RedemptionRequestInfo.Status.REJECTED;
    }

    function _confirm(uint256 id, PaymentFacts memory facts) private {
        Redemption storage request = Redemptions.getOpen(id);
        Agent storage agent = Agents.get(request.agentVault);
        bool isAgent = Agents.isOwner(agent, msg.sender);
        require(isAgent || _othersMayConfirm(request), Agents.OnlyAgentVaultOwner());
        _requireForRequest(request, agent, facts, id);
        string memory failure = _failureReason(request, facts);
        RedemptionRequestInfo.Status finalStatus = bytes(failure).length == 0
            ? _acceptPayment(agent, request, facts, id)
            : _refusePayment(agent, request, facts, id, failure);
        Underlying.spend(agent, facts.spentUba);
        Underlying.useOutgoing(facts.sourceAddressHash, facts.transactionId);
        if (!isAgent) Payouts.forConfirmationByOthers(agent, msg.sender);
        Redemptions.burnExecutorFee(request);
        request.status = finalStatus;
    }

    function _acceptPayment(
        Agent storage agent,
        Redemption storage request,
        PaymentFacts memory facts,
        uint256 id
    ) private returns (RedemptionRequestInfo.Status finalStatus) {
        Backing.endRedeeming(agent, request.valueAmg, request.poolSelfClose);
        if (facts.status == Proofs.PAYMENT_SUCCESS) {
            finalStatus = RedemptionRequestInfo.Status.SUCCESSFUL;
            emit IAssetManagerEvents.RedemptionPerformed(
                request.agentVault,
                request.redeemer,
                id,
                facts.transactionId,
                request.valueUba,
                facts.spentUba
            );
        } else {
            finalStatus = RedemptionRequestInfo.Status.BLOCKED;
            emit IAssetManagerEvents.RedemptionPaymentBlocked(
                request.agentVault,
                request.redeemer,
                id,
                facts.transactionId,
                request.valueUba,
                facts.spentUba
            );
        }
        _mintPoolFee(agent, request, id);
    }

    /// The redeemer is paid in collateral now, unless a default has done that before.
    function _refusePayment(
        Agent storage agent,
        Redemption storage request,
        PaymentFacts memory facts,
        uint256 id,
        string memory failure
    ) private returns (RedemptionRequestInfo.Status) {
        if (request.status == RedemptionRequestInfo.Status.ACTIVE) RedemptionDefaults.execute(agent, request, id);
        emit IAssetManagerEvents.RedemptionPaymentFailed(
            request.agentVault,
            request.redeemer,
            id,
            facts.transactionId,
            facts.spentUba,
            failure
        );
        return RedemptionRequestInfo.Status.DEFAULTED_FAILED;
    }

    /// The pool's part of the redemption fee is minted anew, backed by what the agent kept.
    function _mintPoolFee(Agent storage agent, Redemption storage request, uint256 id) private {
        uint256 poolFeeUba = request.feeUba.bips(request.poolFeeShareBIPS).wholeAmgUba();
        if (poolFeeUba == 0) return;
        Backing.addMinted(agent, poolFeeUba.amg());
        Store.fAsset().mint(address(agent.pool), poolFeeUba);
        agent.pool.fAssetFeeDeposited(poolFeeUba);
        emit IAssetManagerEvents.RedemptionPoolFeeMinted(agent.vault, id, poolFeeUba);
    }

    function _othersMayConfirm(Redemption storage request) private view returns (bool) {
        return block.timestamp > request.timestamp + Store.settings().confirmationByOthersAfterSeconds;
    }

    function _requireForRequest(
        Redemption storage request,
        Agent storage agent,
        PaymentFacts memory facts,
        uint256 id
    ) private view {
        require(facts.paymentReference == References.redemption(id), InvalidRedemptionReference());
        require(facts.blockNumber >= request.firstUnderlyingBlock, RedemptionPaymentTooOld());
        require(facts.sourceAddressHash == agent.underlyingAddressHash, SourceNotAgentsUnderlyingAddress());
        require(!request.requiresDestinationTag || facts.tagIsKnown, DestinationTagNotSupported());
        require(facts.intendedReceiverHash != agent.underlyingAddressHash, InvalidReceivingAddressSelected());
    }

    /// Empty if the payment is what the redeemer asked for, even if the redeemer's account blocked it.
    function _failureReason(
        Redemption storage request,
        PaymentFacts memory facts
    ) private view returns (string memory) {
        if (facts.status == Proofs.PAYMENT_FAILED) return "transaction failed";
        if (facts.intendedReceiverHash != request.underlyingAddressHash) return "not redeemer's address";
        if (facts.intendedReceivedUba < Redemptions.dueUba(request).toInt256()) return "redemption payment too small";
        if (request.requiresDestinationTag) {
            if (!facts.hasTag) return "destination tag required but not present";
            if (facts.tag != request.destinationTag) return "incorrect destination tag";
        }
        bool isLate = facts.blockNumber > request.lastUnderlyingBlock &&
            facts.blockTimestamp > request.lastUnderlyingTimestamp;
        if (isLate) return "redemption payment too late";
        if (request.status != RedemptionRequestInfo.Status.ACTIVE) return "redemption already defaulted";
        return "";
    }
}
