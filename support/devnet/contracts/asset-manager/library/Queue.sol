// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {QueueEnds, State, Ticket} from "./Types.sol";
import {Store} from "./Store.sol";

/// The redemption queue: tickets linked in order of minting, over all agents and per agent. Emits nothing.
library Queue {
    function append(address agentVault, uint256 valueAmg) internal returns (uint256 id) {
        State storage state = Store.get();
        QueueEnds storage ofAgent = state.agentQueues[agentVault];
        id = ++state.lastTicketId;
        state.tickets[id] = Ticket({
            agentVault: agentVault,
            valueAmg: valueAmg,
            previous: state.queue.last,
            next: 0,
            previousOfAgent: ofAgent.last,
            nextOfAgent: 0
        });
        if (state.queue.first == 0) state.queue.first = id;
        else state.tickets[state.queue.last].next = id;
        if (ofAgent.first == 0) ofAgent.first = id;
        else state.tickets[ofAgent.last].nextOfAgent = id;
        state.queue.last = id;
        ofAgent.last = id;
    }

    function remove(uint256 id) internal {
        State storage state = Store.get();
        Ticket memory ticket = state.tickets[id];
        QueueEnds storage ofAgent = state.agentQueues[ticket.agentVault];
        if (ticket.previous == 0) state.queue.first = ticket.next;
        else state.tickets[ticket.previous].next = ticket.next;
        if (ticket.next == 0) state.queue.last = ticket.previous;
        else state.tickets[ticket.next].previous = ticket.previous;
        if (ticket.previousOfAgent == 0) ofAgent.first = ticket.nextOfAgent;
        else state.tickets[ticket.previousOfAgent].nextOfAgent = ticket.nextOfAgent;
        if (ticket.nextOfAgent == 0) ofAgent.last = ticket.previousOfAgent;
        else state.tickets[ticket.nextOfAgent].previousOfAgent = ticket.previousOfAgent;
        delete state.tickets[id];
    }
}
