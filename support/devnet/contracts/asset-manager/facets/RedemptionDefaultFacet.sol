// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IConfirmedBlockHeightExists} from "@flarenetwork/flare-periphery-contracts/coston2/IConfirmedBlockHeightExists.sol";
import {IReferencedPaymentNonexistence} from "@flarenetwork/flare-periphery-contracts/coston2/IReferencedPaymentNonexistence.sol";
import {IXRPPaymentNonexistence} from "@flarenetwork/flare-periphery-contracts/coston2/IXRPPaymentNonexistence.sol";
import {RedemptionRequestInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionRequestInfo.sol";
import {Agents} from "../library/Agents.sol";
import {Facet} from "../library/Facet.sol";
import {Proofs} from "../library/Proofs.sol";
import {RedemptionDefaults} from "../library/RedemptionDefaults.sol";
import {Redemptions} from "../library/Redemptions.sol";
import {References} from "../library/References.sol";
import {Store} from "../library/Store.sol";
import {Agent, Redemption} from "../library/Types.sol";

/// The agent did not pay: the redeemer, its executor or the agent itself proves it and the redeemer gets collateral.
contract RedemptionDefaultFacet is Facet {
    error SourceAddressesNotSupported();
    error InvalidRedemptionStatus();
    error DestinationTagNotSupported();
    error RedemptionNonPaymentMismatch();
    error RedemptionDefaultTooEarly();
    error RedemptionNonPaymentProofWindowTooShort();
    error OnlyRedeemerExecutorOrAgent();
    error ShouldDefaultFirst();

    function redemptionPaymentDefault(
        IReferencedPaymentNonexistence.Proof calldata proof,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        IReferencedPaymentNonexistence.RequestBody calldata asked = proof.data.requestBody;
        require(!asked.checkSourceAddresses, SourceAddressesNotSupported());
        Redemption storage request = _getActive(redemptionRequestId);
        require(!request.requiresDestinationTag, DestinationTagNotSupported());
        Proofs.requireNonPayment(proof);
        require(
            asked.standardPaymentReference == References.redemption(redemptionRequestId) &&
                asked.destinationAddressHash == request.underlyingAddressHash &&
                asked.amount == Redemptions.dueUba(request),
            RedemptionNonPaymentMismatch()
        );
        _requireWindow(
            request,
            asked.minimalBlockNumber,
            proof.data.responseBody.firstOverflowBlockNumber,
            proof.data.responseBody.firstOverflowBlockTimestamp
        );
        _default(request, redemptionRequestId);
    }

    function xrpRedemptionPaymentDefault(
        IXRPPaymentNonexistence.Proof calldata proof,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        IXRPPaymentNonexistence.RequestBody calldata asked = proof.data.requestBody;
        Redemption storage request = _getActive(redemptionRequestId);
        Proofs.requireXrpNonPayment(proof);
        Proofs.requireProofOwner(asked.proofOwner);
        bytes32 memoHash = keccak256(abi.encode(References.redemption(redemptionRequestId)));
        bool tagMatches = asked.checkDestinationTag == request.requiresDestinationTag &&
            (!request.requiresDestinationTag || asked.destinationTag == request.destinationTag);
        require(
            asked.checkFirstMemoData &&
                asked.firstMemoDataHash == memoHash &&
                tagMatches &&
                asked.destinationAddressHash == request.underlyingAddressHash &&
                asked.amount == Redemptions.dueUba(request),
            RedemptionNonPaymentMismatch()
        );
        _requireWindow(
            request,
            asked.minimalBlockNumber,
            proof.data.responseBody.firstOverflowBlockNumber,
            proof.data.responseBody.firstOverflowBlockTimestamp
        );
        _default(request, redemptionRequestId);
    }

    /// Nothing can be proven any more: the agent ends the request by paying as in a default. Does nothing if the default
    /// has been executed already.
    function finishRedemptionWithoutPayment(
        IConfirmedBlockHeightExists.Proof calldata proof,
        uint256 redemptionRequestId
    ) external notFullyPaused nonReentrant {
        Redemption storage request = Redemptions.getOpen(redemptionRequestId);
        Agent storage agent = Agents.get(request.agentVault);
        Agents.requireOwner(agent);
        if (request.status != RedemptionRequestInfo.Status.ACTIVE) return;
        Proofs.requireBlockHeight(proof);
        IConfirmedBlockHeightExists.ResponseBody calldata height = proof.data.responseBody;
        require(
            height.lowestQueryWindowBlockNumber > request.lastUnderlyingBlock &&
                height.lowestQueryWindowBlockTimestamp > request.lastUnderlyingTimestamp &&
                height.lowestQueryWindowBlockTimestamp + Store.settings().attestationWindowSeconds <=
                height.blockTimestamp,
            ShouldDefaultFirst()
        );
        RedemptionDefaults.execute(agent, request, redemptionRequestId);
        Redemptions.burnExecutorFee(request);
        request.status = RedemptionRequestInfo.Status.DEFAULTED_UNCONFIRMED;
    }

    function _getActive(uint256 id) private view returns (Redemption storage request) {
        request = Redemptions.getOpen(id);
        require(request.status == RedemptionRequestInfo.Status.ACTIVE, InvalidRedemptionStatus());
    }

    /// The proof must reach from before the request to after both of its deadlines.
    function _requireWindow(
        Redemption storage request,
        uint256 minimalBlock,
        uint256 overflowBlock,
        uint256 overflowTimestamp
    ) private view {
        require(
            overflowBlock > request.lastUnderlyingBlock && overflowTimestamp > request.lastUnderlyingTimestamp,
            RedemptionDefaultTooEarly()
        );
        require(minimalBlock <= request.firstUnderlyingBlock, RedemptionNonPaymentProofWindowTooShort());
    }

    function _default(Redemption storage request, uint256 id) private {
        Agent storage agent = Agents.get(request.agentVault);
        require(
            msg.sender == request.redeemer ||
                msg.sender == request.executor ||
                Agents.isOwner(agent, msg.sender),
            OnlyRedeemerExecutorOrAgent()
        );
        RedemptionDefaults.execute(agent, request, id);
        Redemptions.payOrBurnExecutorFee(request);
        request.status = RedemptionRequestInfo.Status.DEFAULTED_UNCONFIRMED;
    }
}
