// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IRedeemExtended} from "@flarenetwork/flare-periphery-contracts/coston2/IRedeemExtended.sol";
import {RedemptionRequestInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionRequestInfo.sol";
import {Agents} from "./Agents.sol";
import {Backing} from "./Backing.sol";
import {Payouts} from "./Payouts.sol";
import {References} from "./References.sol";
import {Store} from "./Store.sol";
import {Agent, Redemption, State} from "./Types.sol";
import {Underlying} from "./Underlying.sol";
import {Units} from "./Units.sol";

/// Redemption requests: how they are made and found. Records are never deleted.
library Redemptions {
    using Units for uint256;

    error InvalidRequestId();
    error ExecutorFeeWithoutExecutor();
    error UnderlyingAddressTooLong();
    error InvalidUnderlyingAddress();
    error CannotRedeemToAgentsAddress();

    struct Order {
        address agentVault;
        address redeemer;
        address executor;
        uint256 valueAmg;
        uint256 executorFeeNatWei;
        string underlyingAddress;
        bool poolSelfClose;
        bool requiresDestinationTag;
        uint256 destinationTag;
    }

    uint256 private constant ADDRESS_LENGTH_LIMIT = 128;

    function get(uint256 id) internal view returns (Redemption storage request) {
        request = Store.get().redemptions[id];
        require(request.agentVault != address(0), InvalidRequestId());
    }

    /// Neither paid nor finally failed: active, or defaulted with the agent's payment still possible.
    function getOpen(uint256 id) internal view returns (Redemption storage request) {
        request = get(id);
        bool isOpen = request.status == RedemptionRequestInfo.Status.ACTIVE ||
            request.status == RedemptionRequestInfo.Status.DEFAULTED_UNCONFIRMED;
        require(isOpen, InvalidRequestId());
    }

    function create(Order memory order) internal returns (uint256 id) {
        require(order.executorFeeNatWei == 0 || order.executor != address(0), ExecutorFeeWithoutExecutor());
        Agent storage agent = Agents.get(order.agentVault);
        bytes32 addressHash = _requireAddress(order.underlyingAddress, agent.underlyingAddressHash);
        id = _nextId(order.poolSelfClose);
        Redemption storage request = Store.get().redemptions[id];
        _fill(request, order, addressHash);
        request.poolFeeShareBIPS = agent.redemptionPoolFeeShareBIPS;
        request.firstUnderlyingBlock = Store.get().clock.blockNumber;
        (request.lastUnderlyingBlock, request.lastUnderlyingTimestamp) = Underlying.paymentDeadline(
            Underlying.extendRedemptionTime(agent)
        );
        Backing.startRedeeming(agent, order.valueAmg, order.poolSelfClose);
        if (order.requiresDestinationTag) _emitRequestedWithTag(id, request);
        else _emitRequested(id, request);
    }

    /// What the redeemer must receive on the underlying chain.
    function dueUba(Redemption storage request) internal view returns (uint256) {
        return request.valueUba - request.feeUba;
    }

    /// The executor earns its fee only by acting itself.
    function payOrBurnExecutorFee(Redemption storage request) internal {
        uint256 feeWei = request.executorFeeNatWei;
        request.executorFeeNatWei = 0;
        Payouts.executorFee(request.executor, feeWei);
    }

    function burnExecutorFee(Redemption storage request) internal {
        uint256 feeWei = request.executorFeeNatWei;
        request.executorFeeNatWei = 0;
        if (feeWei > 0) Payouts.burn(feeWei);
    }

    function _fill(Redemption storage request, Order memory order, bytes32 addressHash) private {
        request.agentVault = order.agentVault;
        request.redeemer = order.redeemer;
        request.executor = order.executor;
        request.valueAmg = order.valueAmg;
        request.valueUba = order.valueAmg.uba();
        request.feeUba = request.valueUba.bips(Store.settings().redemptionFeeBIPS);
        request.executorFeeNatWei = order.executorFeeNatWei;
        request.timestamp = block.timestamp;
        request.poolSelfClose = order.poolSelfClose;
        request.requiresDestinationTag = order.requiresDestinationTag;
        request.destinationTag = order.destinationTag;
        request.underlyingAddress = order.underlyingAddress;
        request.underlyingAddressHash = addressHash;
    }

    function _requireAddress(
        string memory underlyingAddress,
        bytes32 agentAddressHash
    ) private pure returns (bytes32 addressHash) {
        bytes memory characters = bytes(underlyingAddress);
        require(characters.length < ADDRESS_LENGTH_LIMIT, UnderlyingAddressTooLong());
        for (uint256 i = 0; i < characters.length; i++) {
            require(characters[i] >= " " && characters[i] <= "~", InvalidUnderlyingAddress());
        }
        addressHash = keccak256(characters);
        require(addressHash != agentAddressHash, CannotRedeemToAgentsAddress());
    }

    /// Even ids are ordinary requests, odd ids self-close exits.
    function _nextId(bool poolSelfClose) private returns (uint256 id) {
        State storage state = Store.get();
        uint256 candidate = state.lastRedemptionId + References.randomIdStep();
        uint256 even = candidate + (candidate % 2);
        id = poolSelfClose ? even + 1 : even;
        state.lastRedemptionId = id;
    }

    function _emitRequested(uint256 id, Redemption memory request) private {
        emit IAssetManagerEvents.RedemptionRequested(
            request.agentVault,
            request.redeemer,
            id,
            request.underlyingAddress,
            request.valueUba,
            request.feeUba,
            request.firstUnderlyingBlock,
            request.lastUnderlyingBlock,
            request.lastUnderlyingTimestamp,
            References.redemption(id),
            request.executor,
            request.executorFeeNatWei
        );
    }

    function _emitRequestedWithTag(uint256 id, Redemption memory request) private {
        emit IRedeemExtended.RedemptionWithTagRequested(
            request.agentVault,
            request.redeemer,
            id,
            request.underlyingAddress,
            request.valueUba,
            request.feeUba,
            request.firstUnderlyingBlock,
            request.lastUnderlyingBlock,
            request.lastUnderlyingTimestamp,
            References.redemption(id),
            request.executor,
            request.executorFeeNatWei,
            request.destinationTag
        );
    }
}
