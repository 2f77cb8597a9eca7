// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Store} from "./Store.sol";
import {Agent, UnderlyingClock} from "./Types.sol";
import {Units} from "./Units.sol";

/// The underlying chain as the asset manager sees it: payment deadlines, agents' balances, payments used already.
library Underlying {
    using SafeCast for uint256;

    error PaymentAlreadyConfirmed();

    /// Last block and last timestamp for a payment asked for now. The chain is assumed to have gone on at its average
    /// pace since the last update; both limits must pass before a payment is late.
    function paymentDeadline(
        uint256 extensionS
    ) internal view returns (uint256 lastUnderlyingBlock, uint256 lastUnderlyingTimestamp) {
        AssetManagerSettings.Data storage settings = Store.settings();
        UnderlyingClock storage clock = Store.get().clock;
        uint256 shiftS = block.timestamp - clock.updatedAt + extensionS;
        uint256 shiftBlocks = (shiftS * 1000) / settings.averageBlockTimeMS;
        lastUnderlyingBlock = clock.blockNumber + shiftBlocks + settings.underlyingBlocksForPayment;
        lastUnderlyingTimestamp = clock.blockTimestamp + shiftS + settings.underlyingSecondsForPayment;
    }

    /// Requests that come in quick succession to one agent give it more and more time.
    function extendRedemptionTime(Agent storage agent) internal returns (uint256 extensionS) {
        uint256 stepS = Store.get().extra.redemptionPaymentExtensionSeconds;
        agent.redemptionTimeExtendedTo = Math.max(agent.redemptionTimeExtendedTo + stepS, block.timestamp);
        return agent.redemptionTimeExtendedTo - block.timestamp;
    }

    function increaseBalance(Agent storage agent, uint256 amountUba) internal {
        agent.underlyingBalanceUba += amountUba.toInt256();
        emit IAssetManagerEvents.UnderlyingBalanceChanged(agent.vault, agent.underlyingBalanceUba);
    }

    /// An agent that spent more than its minted and redeeming assets allow goes into full liquidation.
    function spend(Agent storage agent, int256 spentUba) internal {
        int256 balanceUba = agent.underlyingBalanceUba - spentUba;
        uint256 requiredUba = requiredBalance(agent);
        if (balanceUba < requiredUba.toInt256()) {
            emit IAssetManagerEvents.UnderlyingBalanceTooLow(agent.vault, balanceUba, requiredUba);
            _startFullLiquidation(agent);
        }
        agent.underlyingBalanceUba = balanceUba;
        emit IAssetManagerEvents.UnderlyingBalanceChanged(agent.vault, balanceUba);
    }

    function requiredBalance(Agent storage agent) internal view returns (uint256) {
        return Units.uba(agent.mintedAmg + agent.redeemingAmg);
    }

    /// A payment to an agent counts once, by its transaction.
    function useIncoming(bytes32 transactionId) internal {
        _use(transactionId);
    }

    function requireUnused(bytes32 transactionId) internal view {
        require(!Store.get().confirmedPayments[transactionId], PaymentAlreadyConfirmed());
    }

    /// A payment by an agent counts once, by its source and transaction.
    function useOutgoing(bytes32 sourceAddressHash, bytes32 transactionId) internal {
        _use(keccak256(abi.encode(sourceAddressHash, transactionId)));
    }

    function _use(bytes32 key) private {
        mapping(bytes32 => bool) storage used = Store.get().confirmedPayments;
        require(!used[key], PaymentAlreadyConfirmed());
        used[key] = true;
    }

    function _startFullLiquidation(Agent storage agent) private {
        AgentInfo.Status status = agent.status;
        if (status == AgentInfo.Status.FULL_LIQUIDATION || status == AgentInfo.Status.DESTROYING) return;
        if (agent.liquidationStartedAt == 0) agent.liquidationStartedAt = block.timestamp;
        agent.status = AgentInfo.Status.FULL_LIQUIDATION;
        emit IAssetManagerEvents.FullLiquidationStarted(agent.vault, block.timestamp);
    }
}
