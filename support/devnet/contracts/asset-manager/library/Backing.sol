// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Agents} from "./Agents.sol";
import {Queue} from "./Queue.sol";
import {Store} from "./Store.sol";
import {Agent, State, Ticket} from "./Types.sol";
import {Units} from "./Units.sol";

/// What an agent backs: minted, redeeming, tickets and dust. Tickets are whole lots; the rest of minted is dust.
library Backing {
    using Units for uint256;

    function addMinted(Agent storage agent, uint256 valueAmg) internal {
        agent.mintedAmg += valueAmg;
        uint256 untickedAmg = agent.dustAmg + valueAmg;
        uint256 newDustAmg = untickedAmg % Store.settings().lotSizeAMG;
        addTicket(agent, untickedAmg - newDustAmg);
        setDust(agent, newDustAmg);
    }

    function startRedeeming(Agent storage agent, uint256 valueAmg, bool poolSelfClose) internal {
        agent.redeemingAmg += valueAmg;
        if (!poolSelfClose) agent.poolRedeemingAmg += valueAmg;
        agent.mintedAmg -= valueAmg;
    }

    function endRedeeming(Agent storage agent, uint256 valueAmg, bool poolSelfClose) internal {
        agent.redeemingAmg -= valueAmg;
        if (!poolSelfClose) agent.poolRedeemingAmg -= valueAmg;
    }

    /// Grows the last ticket of the whole queue if it is the same agent's, else queues a new one.
    function addTicket(Agent storage agent, uint256 valueAmg) internal {
        if (valueAmg == 0) return;
        State storage state = Store.get();
        uint256 lastId = state.queue.last;
        Ticket storage last = state.tickets[lastId];
        if (last.agentVault == agent.vault) {
            last.valueAmg += valueAmg;
            emit IAssetManagerEvents.RedemptionTicketUpdated(agent.vault, lastId, last.valueAmg.uba());
        } else {
            uint256 id = Queue.append(agent.vault, valueAmg);
            emit IAssetManagerEvents.RedemptionTicketCreated(agent.vault, id, valueAmg.uba());
        }
    }

    function setDust(Agent storage agent, uint256 dustAmg) internal {
        if (agent.dustAmg == dustAmg) return;
        agent.dustAmg = dustAmg;
        emit IAssetManagerEvents.DustChanged(agent.vault, dustAmg.uba());
    }

    /// Takes an amount from a ticket and its agent's dust together; what remains is split again into lots and dust.
    function takeFromTicket(uint256 ticketId, uint256 takenAmg) internal {
        Ticket storage ticket = Store.get().tickets[ticketId];
        Agent storage agent = Agents.get(ticket.agentVault);
        uint256 remainingAmg = ticket.valueAmg + agent.dustAmg - takenAmg;
        uint256 newDustAmg = remainingAmg % Store.settings().lotSizeAMG;
        uint256 newValueAmg = remainingAmg - newDustAmg;
        if (newValueAmg == 0) {
            Queue.remove(ticketId);
            emit IAssetManagerEvents.RedemptionTicketDeleted(agent.vault, ticketId);
        } else if (newValueAmg != ticket.valueAmg) {
            ticket.valueAmg = newValueAmg;
            emit IAssetManagerEvents.RedemptionTicketUpdated(agent.vault, ticketId, newValueAmg.uba());
        }
        setDust(agent, newDustAmg);
    }

    /// Closes tickets of one agent, oldest first, then its dust; returns how much could be closed.
    function closeTickets(Agent storage agent, uint256 amountAmg) internal returns (uint256 closedAmg) {
        State storage state = Store.get();
        uint256 lotAmg = state.settings.lotSizeAMG;
        for (uint256 i = 0; i < state.settings.maxRedeemedTickets && closedAmg < amountAmg; i++) {
            uint256 ticketId = state.agentQueues[agent.vault].first;
            if (ticketId == 0) break;
            uint256 availableAmg = state.tickets[ticketId].valueAmg + agent.dustAmg;
            uint256 takenAmg = Math.min(amountAmg - closedAmg, availableAmg - (availableAmg % lotAmg));
            takeFromTicket(ticketId, takenAmg);
            closedAmg += takenAmg;
        }
        uint256 fromDustAmg = Math.min(amountAmg - closedAmg, agent.dustAmg);
        setDust(agent, agent.dustAmg - fromDustAmg);
        closedAmg += fromDustAmg;
    }
}
