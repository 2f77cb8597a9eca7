// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IAgentVault} from "../../interfaces/IAgentVault.sol";
import {Agents} from "./Agents.sol";
import {Prices} from "./Prices.sol";
import {Store} from "./Store.sol";
import {Agent} from "./Types.sol";

/// Money that leaves the system: collateral of agents, executors' fees, reservation fees.
library Payouts {
    using Agents for Agent;

    /// Pays vault collateral, at most what there is.
    function fromVault(Agent storage agent, address receiver, uint256 amountWei) internal {
        (IERC20 token, uint256 paidWei) = _affordable(agent, amountWei);
        IAgentVault(agent.vault).payout(token, receiver, paidWei);
    }

    /// As fromVault, but a token that refuses the transfer makes it return false instead of reverting.
    function tryFromVault(Agent storage agent, address receiver, uint256 amountWei) internal returns (bool) {
        (IERC20 token, uint256 paidWei) = _affordable(agent, amountWei);
        try IAgentVault(agent.vault).payout(token, receiver, paidWei) {
            return true;
        } catch {
            return false;
        }
    }

    /// Pays WNat from the pool; the agent's pool tokens answer for all of it.
    function fromPool(Agent storage agent, address receiver, uint256 amountWei) internal {
        uint256 paidWei = Math.min(amountWei, agent.pool.totalCollateral());
        agent.pool.payout(receiver, paidWei, paidWei);
    }

    /// The agent pays whoever did its work of confirming a payment.
    function forConfirmationByOthers(Agent storage agent, address receiver) internal {
        uint256 rewardUsd5 = Store.settings().confirmationByOthersRewardUSD5;
        fromVault(agent, receiver, Prices.fromUsd5(rewardUsd5, agent.vaultCollateral()));
    }

    /// An executor earns its fee only by acting itself; otherwise the fee is burned.
    function executorFee(address executor, uint256 feeWei) internal {
        if (feeWei == 0) return;
        if (msg.sender == executor) wrapped(executor, feeWei);
        else burn(feeWei);
    }

    /// Shared between the pool and the agent's owner.
    function reservationFee(Agent storage agent, uint256 feeWei, uint256 poolShareWei) internal {
        if (feeWei == 0) return;
        agent.pool.depositNat{value: poolShareWei}();
        wrapped(agent.payAddress(), feeWei - poolShareWei);
    }

    function wrapped(address receiver, uint256 amountWei) internal {
        if (amountWei > 0) Store.wNat().depositTo{value: amountWei}(receiver);
    }

    function burn(uint256 amountWei) internal {
        Store.settings().burnAddress.transfer(amountWei);
    }

    function _affordable(
        Agent storage agent,
        uint256 amountWei
    ) private view returns (IERC20 token, uint256 paidWei) {
        token = agent.vaultCollateral().token;
        paidWei = Math.min(amountWei, token.balanceOf(agent.vault));
    }
}
