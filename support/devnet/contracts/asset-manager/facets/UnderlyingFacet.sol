// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IConfirmedBlockHeightExists} from "@flarenetwork/flare-periphery-contracts/coston2/IConfirmedBlockHeightExists.sol";
import {IPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IPayment.sol";
import {Agents} from "../library/Agents.sol";
import {Facet} from "../library/Facet.sol";
import {Payouts} from "../library/Payouts.sol";
import {Proofs} from "../library/Proofs.sol";
import {References} from "../library/References.sol";
import {Store} from "../library/Store.sol";
import {Agent, State, UnderlyingClock} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";

/// Time on the underlying chain, and what agents put on and take off their underlying addresses on their own account.
contract UnderlyingFacet is Facet {
    using SafeCast for int256;

    error NotUnderlyingAddress();
    error NotATopupPayment();
    error TopupBeforeAgentCreated();
    error AnnouncedUnderlyingWithdrawalActive();
    error NoActiveAnnouncement();
    error WrongAnnouncedPaymentReference();
    error WrongAnnouncedPaymentSource();

    /// Anybody may move the clock; it only ever goes forward.
    function updateCurrentBlock(IConfirmedBlockHeightExists.Proof calldata proof) external {
        Proofs.requireBlockHeight(proof);
        IConfirmedBlockHeightExists.ResponseBody calldata height = proof.data.responseBody;
        uint256 confirmations = height.numberOfConfirmations;
        uint256 blockNumber = proof.data.requestBody.blockNumber + confirmations;
        uint256 timestamp = height.blockTimestamp + (confirmations * Store.settings().averageBlockTimeMS) / 1000;
        UnderlyingClock storage clock = Store.get().clock;
        if (blockNumber <= clock.blockNumber && timestamp <= clock.blockTimestamp) return;
        if (blockNumber > clock.blockNumber) clock.blockNumber = blockNumber;
        if (timestamp > clock.blockTimestamp) clock.blockTimestamp = timestamp;
        clock.updatedAt = block.timestamp;
        emit IAssetManagerEvents.CurrentUnderlyingBlockUpdated(clock.blockNumber, clock.blockTimestamp, clock.updatedAt);
    }

    function currentUnderlyingBlock()
        external
        view
        returns (uint256 _blockNumber, uint256 _blockTimestamp, uint256 _lastUpdateTs)
    {
        UnderlyingClock storage clock = Store.get().clock;
        return (clock.blockNumber, clock.blockTimestamp, clock.updatedAt);
    }

    function confirmTopupPayment(
        IPayment.Proof calldata payment,
        address agentVault
    ) external notPaused onlyAgentOwner(agentVault) {
        Agent storage agent = Agents.get(agentVault);
        Proofs.requireSuccessfulPayment(payment);
        IPayment.ResponseBody calldata paid = payment.data.responseBody;
        require(paid.receivingAddressHash == agent.underlyingAddressHash, NotUnderlyingAddress());
        require(paid.standardPaymentReference == References.topup(agentVault), NotATopupPayment());
        require(paid.blockNumber >= agent.underlyingBlockAtCreation, TopupBeforeAgentCreated());
        bytes32 transactionId = payment.data.requestBody.transactionId;
        Underlying.useIncoming(transactionId);
        uint256 receivedUba = paid.receivedAmount.toUint256();
        Underlying.increaseBalance(agent, receivedUba);
        emit IAssetManagerEvents.UnderlyingBalanceToppedUp(agentVault, transactionId, receivedUba);
    }

    function announceUnderlyingWithdrawal(address agentVault) external notPaused onlyAgentOwner(agentVault) {
        State storage state = Store.get();
        Agent storage agent = Agents.get(agentVault);
        require(agent.underlyingWithdrawalId == 0, AnnouncedUnderlyingWithdrawalActive());
        state.lastUnderlyingWithdrawalId += References.randomIdStep();
        uint256 id = state.lastUnderlyingWithdrawalId;
        agent.underlyingWithdrawalId = id;
        agent.underlyingWithdrawalAnnouncedAt = block.timestamp;
        emit IAssetManagerEvents.UnderlyingWithdrawalAnnounced(agentVault, id, References.announcedWithdrawal(id));
    }

    function confirmUnderlyingWithdrawal(
        IPayment.Proof calldata payment,
        address agentVault
    ) external notFullyPaused nonReentrant {
        Proofs.requirePayment(payment);
        Agent storage agent = Agents.get(agentVault);
        IPayment.ResponseBody calldata paid = payment.data.responseBody;
        uint256 id = agent.underlyingWithdrawalId;
        require(id != 0, NoActiveAnnouncement());
        require(
            paid.standardPaymentReference == References.announcedWithdrawal(id),
            WrongAnnouncedPaymentReference()
        );
        require(paid.sourceAddressHash == agent.underlyingAddressHash, WrongAnnouncedPaymentSource());
        bool isAgent = Agents.isOwner(agent, msg.sender);
        require(isAgent || _othersMayConfirm(agent), Agents.OnlyAgentVaultOwner());
        bytes32 transactionId = payment.data.requestBody.transactionId;
        Underlying.useOutgoing(paid.sourceAddressHash, transactionId);
        agent.underlyingWithdrawalId = 0;
        if (!isAgent) Payouts.forConfirmationByOthers(agent, msg.sender);
        Underlying.spend(agent, paid.spentAmount);
        emit IAssetManagerEvents.UnderlyingWithdrawalConfirmed(agentVault, id, paid.spentAmount, transactionId);
    }

    function cancelUnderlyingWithdrawal(address agentVault) external notFullyPaused onlyAgentOwner(agentVault) {
        Agent storage agent = Agents.get(agentVault);
        uint256 id = agent.underlyingWithdrawalId;
        require(id != 0, NoActiveAnnouncement());
        agent.underlyingWithdrawalId = 0;
        emit IAssetManagerEvents.UnderlyingWithdrawalCancelled(agentVault, id);
    }

    function _othersMayConfirm(Agent storage agent) private view returns (bool) {
        uint256 waitS = Store.settings().confirmationByOthersAfterSeconds;
        return
            block.timestamp > agent.underlyingWithdrawalAnnouncedAt + waitS &&
            agent.status != AgentInfo.Status.FULL_LIQUIDATION;
    }
}
