// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {RedemptionRequestInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionRequestInfo.sol";
import {RedemptionTicketInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/RedemptionTicketInfo.sol";
import {Agents} from "../library/Agents.sol";
import {Backing} from "../library/Backing.sol";
import {Facet} from "../library/Facet.sol";
import {Redemptions} from "../library/Redemptions.sol";
import {References} from "../library/References.sol";
import {Store} from "../library/Store.sol";
import {Agent, Redemption, State, Ticket} from "../library/Types.sol";
import {Units} from "../library/Units.sol";

/// Reads the redemption queue and requests, and keeps tickets in order after a change of the lot size.
contract RedemptionQueueFacet is Facet {
    using Math for uint256;
    using Units for uint256;

    error InvalidTicketId();
    error OnlyImmediateGovernanceOrExecutor();
    error SelfCloseOfZero();

    /// An agent burns FAssets of its own against its tickets; the pool gets its part of the redemption fee.
    function selfClose(
        address agentVault,
        uint256 amountUba
    ) external notPaused nonReentrant onlyAgentOwner(agentVault) returns (uint256 _closedAmountUBA) {
        Agent storage agent = Agents.get(agentVault);
        require(amountUba != 0, SelfCloseOfZero());
        uint256 whole = Units.MAX_BIPS * Units.MAX_BIPS;
        uint256 withoutFee = whole - uint256(Store.settings().redemptionFeeBIPS) * agent.redemptionPoolFeeShareBIPS;
        uint256 closedAmg = Backing.closeTickets(agent, amountUba.mulDiv(withoutFee, whole).amg());
        agent.mintedAmg -= closedAmg;
        _closedAmountUBA = closedAmg.uba();
        require(_closedAmountUBA != 0, SelfCloseOfZero());
        uint256 burnedUba = _closedAmountUBA.mulDiv(whole, withoutFee);
        Store.fAsset().burn(msg.sender, burnedUba);
        if (burnedUba > _closedAmountUBA) {
            Store.fAsset().mint(address(agent.pool), burnedUba - _closedAmountUBA);
            agent.pool.fAssetFeeDeposited(burnedUba - _closedAmountUBA);
        }
        emit IAssetManagerEvents.SelfClose(agentVault, _closedAmountUBA);
    }

    function convertDustToTicket(address agentVault) external notPaused nonReentrant {
        Agent storage agent = Agents.get(agentVault);
        uint256 newDustAmg = agent.dustAmg % Store.settings().lotSizeAMG;
        Backing.addTicket(agent, agent.dustAmg - newDustAmg);
        Backing.setDust(agent, newDustAmg);
    }

    /// Splits the first tickets again into whole lots and dust.
    function consolidateSmallTickets(uint256 firstTicketId) external notPaused nonReentrant {
        require(msg.sender == Store.get().governance, OnlyImmediateGovernanceOrExecutor());
        State storage state = Store.get();
        uint256 firstId = firstTicketId != 0 ? firstTicketId : state.queue.first;
        uint256 ticketId = firstId;
        require(ticketId == 0 || state.tickets[ticketId].agentVault != address(0), InvalidTicketId());
        for (uint256 i = 0; i < state.settings.maxRedeemedTickets && ticketId != 0; i++) {
            uint256 nextId = state.tickets[ticketId].next;
            Backing.takeFromTicket(ticketId, 0);
            ticketId = nextId;
        }
        emit IAssetManagerEvents.RedemptionTicketsConsolidated(firstId, ticketId);
    }

    /// Starts at the head for id 0; the next id is 0 at the end.
    function redemptionQueue(
        uint256 firstTicketId,
        uint256 pageSize
    ) external view returns (RedemptionTicketInfo.Data[] memory _queue, uint256 _nextRedemptionTicketId) {
        uint256 startId = firstTicketId != 0 ? firstTicketId : Store.get().queue.first;
        return _page(startId, pageSize, false);
    }

    function agentRedemptionQueue(
        address agentVault,
        uint256 firstTicketId,
        uint256 pageSize
    ) external view returns (RedemptionTicketInfo.Data[] memory _queue, uint256 _nextRedemptionTicketId) {
        Agents.get(agentVault);
        uint256 startId = firstTicketId != 0 ? firstTicketId : Store.get().agentQueues[agentVault].first;
        return _page(startId, pageSize, true);
    }

    function redemptionRequestInfo(uint256 id) external view returns (RedemptionRequestInfo.Data memory info) {
        Redemption storage request = Redemptions.get(id);
        info.redemptionRequestId = uint64(id);
        info.status = request.status;
        info.agentVault = request.agentVault;
        info.redeemer = request.redeemer;
        info.paymentAddress = request.underlyingAddress;
        info.paymentReference = References.redemption(id);
        info.valueUBA = uint128(request.valueUba);
        info.feeUBA = uint128(request.feeUba);
        info.poolFeeShareBIPS = uint16(request.poolFeeShareBIPS);
        info.firstUnderlyingBlock = uint64(request.firstUnderlyingBlock);
        info.lastUnderlyingBlock = uint64(request.lastUnderlyingBlock);
        info.lastUnderlyingTimestamp = uint64(request.lastUnderlyingTimestamp);
        info.timestamp = uint64(request.timestamp);
        info.poolSelfClose = request.poolSelfClose;
        info.executor = request.executor;
        info.executorFeeNatWei = request.executorFeeNatWei;
    }

    function redemptionRequestInfoExt(uint256 id) external view returns (RedemptionRequestInfo.DataExt memory info) {
        Redemption storage request = Redemptions.get(id);
        info.redemptionRequestId = uint64(id);
        info.status = request.status;
        info.agentVault = request.agentVault;
        info.redeemer = request.redeemer;
        info.paymentAddress = request.underlyingAddress;
        info.paymentReference = References.redemption(id);
        info.valueUBA = uint128(request.valueUba);
        info.feeUBA = uint128(request.feeUba);
        info.poolFeeShareBIPS = uint16(request.poolFeeShareBIPS);
        info.firstUnderlyingBlock = uint64(request.firstUnderlyingBlock);
        info.lastUnderlyingBlock = uint64(request.lastUnderlyingBlock);
        info.lastUnderlyingTimestamp = uint64(request.lastUnderlyingTimestamp);
        info.timestamp = uint64(request.timestamp);
        info.poolSelfClose = request.poolSelfClose;
        info.executor = request.executor;
        info.executorFeeNatWei = request.executorFeeNatWei;
        info.requiresDestinationTag = request.requiresDestinationTag;
        info.destinationTag = request.destinationTag;
    }

    function _page(
        uint256 ticketId,
        uint256 pageSize,
        bool ofAgent
    ) private view returns (RedemptionTicketInfo.Data[] memory page, uint256 nextTicketId) {
        State storage state = Store.get();
        require(ticketId == 0 || state.tickets[ticketId].agentVault != address(0), InvalidTicketId());
        page = new RedemptionTicketInfo.Data[](pageSize);
        uint256 count = 0;
        for (; ticketId != 0 && count < pageSize; count++) {
            Ticket storage ticket = state.tickets[ticketId];
            page[count] = RedemptionTicketInfo.Data(ticketId, ticket.agentVault, ticket.valueAmg.uba());
            ticketId = ofAgent ? ticket.nextOfAgent : ticket.next;
        }
        assembly {
            mstore(page, count) // cuts the array to what was found
        }
        return (page, ticketId);
    }
}
