// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IRedeemExtended} from "@flarenetwork/flare-periphery-contracts/coston2/IRedeemExtended.sol";
import {Agents} from "../library/Agents.sol";
import {Backing} from "../library/Backing.sol";
import {Facet} from "../library/Facet.sol";
import {Payouts} from "../library/Payouts.sol";
import {Prices} from "../library/Prices.sol";
import {Redemptions} from "../library/Redemptions.sol";
import {Store} from "../library/Store.sol";
import {Agent, State, Ticket} from "../library/Types.sol";
import {Units} from "../library/Units.sol";

/// FAssets are burned and agents must pay for them: first minted, first redeemed, whoever the agent is.
contract RedemptionRequestFacet is Facet {
    using Agents for Agent;
    using Units for uint256;

    error RedeemWithTagNotSupported();
    error RedemptionTooSmall();
    error DestinationTagTooBig();
    error RedeemZeroLots();
    error RedemptionOfZero();

    struct Wish {
        uint256 amountAmg;
        /// Tickets are taken in multiples of this.
        uint256 granularityAmg;
        string underlyingAddress;
        address executor;
        bool requiresDestinationTag;
        uint256 destinationTag;
    }

    /// One entry per agent, in order of first appearance in the queue.
    struct Pieces {
        address[] agentVaults;
        uint256[] amountsAmg;
        uint256 length;
        uint256 totalAmg;
    }

    function redeem(
        uint256 lots,
        string memory redeemerUnderlyingAddress,
        address payable executor
    ) external payable notPaused nonReentrant returns (uint256 _redeemedAmountUBA) {
        uint256 lotAmg = Store.settings().lotSizeAMG;
        return _redeem(Wish(lots.lotsAmg(), lotAmg, redeemerUnderlyingAddress, executor, false, 0));
    }

    function redeemAmount(
        uint256 amountUba,
        string memory redeemerUnderlyingAddress,
        address payable executor
    ) external payable notPaused nonReentrant returns (uint256 _redeemedAmountUBA) {
        _requireMinimum(amountUba);
        return _redeem(Wish(amountUba.amg(), 1, redeemerUnderlyingAddress, executor, false, 0));
    }

    function redeemWithTag(
        uint256 amountUba,
        string memory redeemerUnderlyingAddress,
        address payable executor,
        uint256 destinationTag
    ) external payable notPaused nonReentrant returns (uint256 _redeemedAmountUBA) {
        require(Store.get().extra.redeemWithTagSupported, RedeemWithTagNotSupported());
        _requireMinimum(amountUba);
        require(destinationTag <= type(uint32).max, DestinationTagTooBig());
        return _redeem(Wish(amountUba.amg(), 1, redeemerUnderlyingAddress, executor, true, destinationTag));
    }

    /// Called by a pool for a self-close exit: an ordinary request, but against this agent's tickets only.
    function redeemFromAgent(
        address agentVault,
        address receiver,
        uint256 amountUba,
        string memory receiverUnderlyingAddress,
        address payable executor
    ) external payable notPaused nonReentrant {
        Agent storage agent = _requirePoolRedemption(agentVault, amountUba);
        uint256 closedAmg = Backing.closeTickets(agent, amountUba.amg());
        Redemptions.create(
            Redemptions.Order({
                agentVault: agentVault,
                redeemer: receiver,
                executor: executor,
                valueAmg: closedAmg,
                executorFeeNatWei: msg.value.wholeGwei(),
                underlyingAddress: receiverUnderlyingAddress,
                poolSelfClose: true,
                requiresDestinationTag: false,
                destinationTag: 0
            })
        );
        Store.fAsset().burn(msg.sender, closedAmg.uba());
    }

    /// Called by a pool for a self-close exit: the agent buys the FAssets for vault collateral at its own factor.
    function redeemFromAgentInCollateral(
        address agentVault,
        address receiver,
        uint256 amountUba
    ) external notPaused nonReentrant {
        Agent storage agent = _requirePoolRedemption(agentVault, amountUba);
        uint256 closedAmg = Backing.closeTickets(agent, amountUba.amg());
        agent.mintedAmg -= closedAmg;
        uint256 price = Prices.amgPrice(agent.vaultCollateral());
        uint256 paidWei = Prices.tokenWei(closedAmg, price).bips(agent.buyFAssetByAgentFactorBIPS);
        Payouts.fromVault(agent, receiver, paidWei);
        emit IAssetManagerEvents.RedeemedInCollateral(agentVault, receiver, closedAmg.uba(), paidWei);
        Store.fAsset().burn(msg.sender, closedAmg.uba());
    }

    function maxRedemptionFromAgent(address agentVault) external view returns (uint256) {
        State storage state = Store.get();
        uint256 totalAmg = Agents.get(agentVault).dustAmg;
        uint256 ticketId = state.agentQueues[agentVault].first;
        for (uint256 i = 0; ticketId != 0 && i < state.settings.maxRedeemedTickets; i++) {
            Ticket storage ticket = state.tickets[ticketId];
            totalAmg += ticket.valueAmg;
            ticketId = ticket.nextOfAgent;
        }
        return totalAmg.uba();
    }

    function redeemWithTagSupported() external view returns (bool) {
        return Store.get().extra.redeemWithTagSupported;
    }

    function minimumRedeemAmountUBA() external view returns (uint256) {
        return Store.get().extra.minimumRedeemAmountUba;
    }

    function _redeem(Wish memory wish) private returns (uint256 redeemedUba) {
        Pieces memory pieces = _takeFromQueue(wish.amountAmg, wish.granularityAmg);
        require(pieces.totalAmg != 0, RedeemZeroLots());
        _createRequests(pieces, wish);
        if (pieces.totalAmg < wish.amountAmg) _emitIncomplete(wish.amountAmg - pieces.totalAmg, wish.granularityAmg);
        redeemedUba = pieces.totalAmg.uba();
        Store.fAsset().burn(msg.sender, redeemedUba);
    }

    function _takeFromQueue(uint256 amountAmg, uint256 granularityAmg) private returns (Pieces memory pieces) {
        State storage state = Store.get();
        uint256 maxTickets = state.settings.maxRedeemedTickets;
        pieces.agentVaults = new address[](maxTickets);
        pieces.amountsAmg = new uint256[](maxTickets);
        for (uint256 i = 0; i < maxTickets && pieces.totalAmg < amountAmg; i++) {
            uint256 ticketId = state.queue.first;
            if (ticketId == 0) break;
            Ticket storage ticket = state.tickets[ticketId];
            address agentVault = ticket.agentVault;
            uint256 availableAmg = ticket.valueAmg + Agents.get(agentVault).dustAmg;
            availableAmg -= availableAmg % granularityAmg;
            uint256 takenAmg = Math.min(amountAmg - pieces.totalAmg, availableAmg);
            if (takenAmg > 0) _addPiece(pieces, agentVault, takenAmg);
            // a ticket too small for the granularity turns to dust and lets the next one come up
            Backing.takeFromTicket(ticketId, takenAmg);
        }
    }

    function _addPiece(Pieces memory pieces, address agentVault, uint256 amountAmg) private pure {
        uint256 index = 0;
        while (index < pieces.length && pieces.agentVaults[index] != agentVault) index++;
        if (index == pieces.length) {
            pieces.agentVaults[index] = agentVault;
            pieces.length++;
        }
        pieces.amountsAmg[index] += amountAmg;
        pieces.totalAmg += amountAmg;
    }

    /// The executor's fee is shared by requests in whole gwei, so that all of it is given away.
    function _createRequests(Pieces memory pieces, Wish memory wish) private {
        uint256 feeLeftGwei = msg.value / 1 gwei;
        for (uint256 i = 0; i < pieces.length; i++) {
            uint256 feeGwei = feeLeftGwei / (pieces.length - i);
            feeLeftGwei -= feeGwei;
            Redemptions.create(
                Redemptions.Order({
                    agentVault: pieces.agentVaults[i],
                    redeemer: msg.sender,
                    executor: wish.executor,
                    valueAmg: pieces.amountsAmg[i],
                    executorFeeNatWei: feeGwei * 1 gwei,
                    underlyingAddress: wish.underlyingAddress,
                    poolSelfClose: false,
                    requiresDestinationTag: wish.requiresDestinationTag,
                    destinationTag: wish.destinationTag
                })
            );
        }
    }

    function _emitIncomplete(uint256 remainingAmg, uint256 granularityAmg) private {
        if (granularityAmg == 1) {
            emit IRedeemExtended.RedemptionAmountIncomplete(msg.sender, remainingAmg.uba());
        } else {
            emit IAssetManagerEvents.RedemptionRequestIncomplete(msg.sender, remainingAmg / granularityAmg);
        }
    }

    function _requireMinimum(uint256 amountUba) private view {
        require(amountUba.amg() >= Store.get().extra.minimumRedeemAmountUba.amg(), RedemptionTooSmall());
    }

    function _requirePoolRedemption(
        address agentVault,
        uint256 amountUba
    ) private view returns (Agent storage agent) {
        agent = Agents.get(agentVault);
        Agents.requireCollateralPool(agent);
        require(amountUba != 0, RedemptionOfZero());
    }
}
