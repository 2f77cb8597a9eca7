// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Agents} from "../library/Agents.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Store} from "../library/Store.sol";
import {Agent, Withdrawal} from "../library/Types.sol";

/// Agents take out collateral that is not locked: announced, then withdrawn within a window after a timelock.
contract AgentCollateralFacet is Facet {
    using Agents for Agent;
    using Collateral for Collateral.Holding;

    error WithdrawalInvalidAgentStatus();
    error WithdrawalNotAnnounced();
    error WithdrawalMoreThanAnnounced();
    error WithdrawalNotAllowedYet();
    error WithdrawalTooLate();
    error WithdrawalCRTooLow();
    error WithdrawalValueTooHigh();
    error OnlyAgentVaultOrPool();

    function announceVaultCollateralWithdrawal(
        address agentVault,
        uint256 amountWei
    ) external notPaused onlyAgentOwner(agentVault) returns (uint256 _withdrawalAllowedAt) {
        _withdrawalAllowedAt = _announce(Agents.get(agentVault), Collateral.Kind.VAULT, amountWei);
        emit IAssetManagerEvents.VaultCollateralWithdrawalAnnounced(agentVault, amountWei, _withdrawalAllowedAt);
    }

    function announceAgentPoolTokenRedemption(
        address agentVault,
        uint256 amountWei
    ) external notPaused onlyAgentOwner(agentVault) returns (uint256 _redemptionAllowedAt) {
        _redemptionAllowedAt = _announce(Agents.get(agentVault), Collateral.Kind.AGENT_POOL, amountWei);
        emit IAssetManagerEvents.PoolTokenRedemptionAnnounced(agentVault, amountWei, _redemptionAllowedAt);
    }

    /// Called by a vault; tokens that are no collateral of it pass.
    function beforeCollateralWithdrawal(IERC20 token, uint256 amountWei) external notFullyPaused {
        Agent storage agent = Agents.get(msg.sender);
        Collateral.Kind kind;
        if (token == agent.vaultCollateral().token) kind = Collateral.Kind.VAULT;
        else if (token == agent.pool.poolToken()) kind = Collateral.Kind.AGENT_POOL;
        else return;
        _requireWithdrawable(agent);
        Withdrawal storage withdrawal = _withdrawal(agent, kind);
        require(withdrawal.allowedAt != 0, WithdrawalNotAnnounced());
        require(amountWei <= withdrawal.amountWei, WithdrawalMoreThanAnnounced());
        require(block.timestamp >= withdrawal.allowedAt, WithdrawalNotAllowedYet());
        uint256 windowS = Store.settings().agentTimelockedOperationWindowSeconds;
        require(block.timestamp <= withdrawal.allowedAt + windowS, WithdrawalTooLate());
        Collateral.Holding memory holding = Collateral.single(agent, kind);
        require(holding.lockedWei(agent) <= holding.fullWei, WithdrawalCRTooLow());
        withdrawal.amountWei -= amountWei;
        if (withdrawal.amountWei == 0) withdrawal.allowedAt = 0;
    }

    /// A deposit could end a liquidation; there are none here, so only the caller is checked.
    function updateCollateral(address agentVault, IERC20) external view {
        Agent storage agent = Agents.get(agentVault);
        require(msg.sender == agentVault || msg.sender == address(agent.pool), OnlyAgentVaultOrPool());
    }

    function _announce(
        Agent storage agent,
        Collateral.Kind kind,
        uint256 amountWei
    ) private returns (uint256 allowedAt) {
        _requireWithdrawable(agent);
        Withdrawal storage withdrawal = _withdrawal(agent, kind);
        if (amountWei > withdrawal.amountWei) {
            uint256 freeWei = Collateral.single(agent, kind).freeWei(agent);
            require(amountWei - withdrawal.amountWei <= freeWei, WithdrawalValueTooHigh());
            withdrawal.allowedAt = block.timestamp + Store.settings().withdrawalWaitMinSeconds;
        } else if (amountWei == 0) {
            withdrawal.allowedAt = 0;
        }
        withdrawal.amountWei = amountWei;
        return withdrawal.allowedAt;
    }

    function _requireWithdrawable(Agent storage agent) private view {
        require(
            agent.status == AgentInfo.Status.NORMAL || agent.totalBackedAmg() == 0,
            WithdrawalInvalidAgentStatus()
        );
    }

    function _withdrawal(Agent storage agent, Collateral.Kind kind) private view returns (Withdrawal storage) {
        return kind == Collateral.Kind.VAULT ? agent.vaultCollateralWithdrawal : agent.poolTokenWithdrawal;
    }
}
