// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {CollateralReservationInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralReservationInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IPayment} from "@flarenetwork/flare-periphery-contracts/coston2/IPayment.sol";
import {Agents} from "../library/Agents.sol";
import {Backing} from "../library/Backing.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Payouts} from "../library/Payouts.sol";
import {Proofs} from "../library/Proofs.sol";
import {References} from "../library/References.sol";
import {Reservations} from "../library/Reservations.sol";
import {Store} from "../library/Store.sol";
import {Agent, Reservation} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// The second step of minting: an underlying payment is proven and FAssets come into being. Agents mint for themselves
/// without a reservation.
contract MintingFacet is Facet {
    using Collateral for Collateral.Holdings;
    using SafeCast for uint256;
    using SafeCast for int256;
    using Units for uint256;

    error OnlyMinterExecutorOrAgent();
    error InvalidMintingReference();
    error NotMintingAgentsAddress();
    error MintingPaymentTooSmall();
    error MintingPaymentTooOld();
    error InvalidCollateralReservationStatus();
    error MintingPaused();
    error CannotMintZeroLots();
    error NotEnoughFreeCollateral();
    error SelfMintInvalidAgentStatus();
    error InvalidSelfMintReference();
    error SelfMintNotAgentsAddress();
    error SelfMintPaymentTooSmall();
    error SelfMintPaymentTooOld();
    error AnnouncedUnderlyingWithdrawalActive();
    error FreeUnderlyingBalanceToSmall();

    /// There is no upper deadline: a late payment mints as long as the agent has not ended the reservation.
    function executeMinting(
        IPayment.Proof calldata payment,
        uint256 collateralReservationId
    ) external notFullyPaused nonReentrant {
        Reservation storage reservation = Reservations.getActive(collateralReservationId);
        Agent storage agent = Agents.get(reservation.agentVault);
        Proofs.requireSuccessfulPayment(payment);
        require(
            msg.sender == reservation.minter ||
                msg.sender == reservation.executor ||
                Agents.isOwner(agent, msg.sender),
            OnlyMinterExecutorOrAgent()
        );
        IPayment.ResponseBody calldata paid = payment.data.responseBody;
        _requireForReservation(paid, agent, collateralReservationId);
        uint256 valueUba = reservation.valueAmg.uba();
        uint256 dueUba = valueUba + reservation.underlyingFeeUba;
        require(paid.receivedAmount >= dueUba.toInt256(), MintingPaymentTooSmall());
        require(paid.blockNumber >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());
        Underlying.useIncoming(payment.data.requestBody.transactionId);
        uint256 receivedUba = paid.receivedAmount.toUint256();
        uint256 poolFeeUba = Reservations.poolFeeUba(reservation);
        _mint(agent, reservation.minter, reservation.valueAmg, receivedUba, poolFeeUba);
        emit IAssetManagerEvents.MintingExecuted(
            agent.vault,
            collateralReservationId,
            valueUba,
            receivedUba - valueUba - poolFeeUba,
            poolFeeUba
        );
        Reservations.release(agent, reservation, CollateralReservationInfo.Status.SUCCESSFUL);
        _payNativeFees(agent, reservation);
    }

    /// Lets the agent use a second or too small payment once the reservation is closed.
    function confirmClosedMintingPayment(
        IPayment.Proof calldata payment,
        uint256 collateralReservationId
    ) external notFullyPaused nonReentrant {
        Reservation storage reservation = Reservations.get(collateralReservationId);
        Agent storage agent = Agents.get(reservation.agentVault);
        Proofs.requireSuccessfulPayment(payment);
        Agents.requireOwner(agent);
        IPayment.ResponseBody calldata paid = payment.data.responseBody;
        _requireForReservation(paid, agent, collateralReservationId);
        require(paid.blockNumber >= reservation.firstUnderlyingBlock, MintingPaymentTooOld());
        require(
            reservation.status == CollateralReservationInfo.Status.SUCCESSFUL ||
                reservation.status == CollateralReservationInfo.Status.DEFAULTED,
            InvalidCollateralReservationStatus()
        );
        bytes32 transactionId = payment.data.requestBody.transactionId;
        Underlying.useIncoming(transactionId);
        uint256 receivedUba = paid.receivedAmount.toUint256();
        Underlying.increaseBalance(agent, receivedUba);
        emit IAssetManagerEvents.ConfirmedClosedMintingPayment(agent.vault, transactionId, receivedUba);
    }

    /// With 0 lots the payment only tops up the agent's underlying balance.
    function selfMint(
        IPayment.Proof calldata payment,
        address agentVault,
        uint256 lots
    ) external onlyAttached notPaused {
        Agent storage agent = Agents.getOwned(agentVault);
        Agents.requireWhitelisted(agent.ownerManagementAddress);
        uint256 freeLots = Collateral.all(agent).freeLots(agent);
        Proofs.requireSuccessfulPayment(payment);
        _requireNotPausedMinting();
        require(agent.status == AgentInfo.Status.NORMAL, SelfMintInvalidAgentStatus());
        require(freeLots >= lots, NotEnoughFreeCollateral());
        (uint256 valueAmg, uint256 poolFeeUba) = _selfMintAmounts(agent, lots);
        IPayment.ResponseBody calldata paid = payment.data.responseBody;
        require(paid.standardPaymentReference == References.selfMint(agentVault), InvalidSelfMintReference());
        require(paid.receivingAddressHash == agent.underlyingAddressHash, SelfMintNotAgentsAddress());
        require(paid.receivedAmount >= (valueAmg.uba() + poolFeeUba).toInt256(), SelfMintPaymentTooSmall());
        require(paid.blockNumber >= agent.underlyingBlockAtCreation, SelfMintPaymentTooOld());
        Underlying.useIncoming(payment.data.requestBody.transactionId);
        uint256 receivedUba = paid.receivedAmount.toUint256();
        if (lots > 0) {
            _mint(agent, msg.sender, valueAmg, receivedUba, poolFeeUba);
            emit IAssetManagerEvents.SelfMint(agentVault, false, valueAmg.uba(), receivedUba, poolFeeUba);
        } else {
            Underlying.increaseBalance(agent, receivedUba);
            emit IAssetManagerEvents.SelfMint(agentVault, false, 0, receivedUba, 0);
        }
    }

    function mintFromFreeUnderlying(address agentVault, uint64 lots) external onlyAttached notPaused {
        Agent storage agent = Agents.getOwned(agentVault);
        Agents.requireWhitelisted(agent.ownerManagementAddress);
        uint256 freeLots = Collateral.all(agent).freeLots(agent);
        _requireNotPausedMinting();
        require(lots > 0, CannotMintZeroLots());
        require(agent.status == AgentInfo.Status.NORMAL, SelfMintInvalidAgentStatus());
        require(agent.underlyingWithdrawalId == 0, AnnouncedUnderlyingWithdrawalActive());
        require(freeLots >= lots, NotEnoughFreeCollateral());
        (uint256 valueAmg, uint256 poolFeeUba) = _selfMintAmounts(agent, lots);
        uint256 requiredUba = Underlying.requiredBalance(agent) + valueAmg.uba() + poolFeeUba;
        require(requiredUba.toInt256() <= agent.underlyingBalanceUba, FreeUnderlyingBalanceToSmall());
        _mint(agent, msg.sender, valueAmg, 0, poolFeeUba);
        emit IAssetManagerEvents.SelfMint(agentVault, true, valueAmg.uba(), 0, poolFeeUba);
    }

    function _requireForReservation(
        IPayment.ResponseBody calldata paid,
        Agent storage agent,
        uint256 id
    ) private view {
        require(paid.standardPaymentReference == References.minting(id), InvalidMintingReference());
        require(paid.receivingAddressHash == agent.underlyingAddressHash, NotMintingAgentsAddress());
    }

    function _requireNotPausedMinting() private view {
        require(Store.get().mintingPausedAt == 0, MintingPaused());
    }

    function _selfMintAmounts(
        Agent storage agent,
        uint256 lots
    ) private view returns (uint256 valueAmg, uint256 poolFeeUba) {
        valueAmg = lots.lotsAmg();
        poolFeeUba = Reservations.currentPoolFeeUba(agent, valueAmg.uba());
        Reservations.requireBelowCap(valueAmg + poolFeeUba.amg());
    }

    function _mint(
        Agent storage agent,
        address minter,
        uint256 valueAmg,
        uint256 receivedUba,
        uint256 poolFeeUba
    ) private {
        Backing.addMinted(agent, valueAmg + poolFeeUba.amg());
        Underlying.increaseBalance(agent, receivedUba);
        Store.fAsset().mint(minter, valueAmg.uba());
        Store.fAsset().mint(address(agent.pool), poolFeeUba);
        agent.pool.fAssetFeeDeposited(poolFeeUba);
    }

    function _payNativeFees(Agent storage agent, Reservation storage reservation) private {
        uint256 executorFeeWei = reservation.executorFeeNatWei;
        reservation.executorFeeNatWei = 0;
        Payouts.executorFee(reservation.executor, executorFeeWei);
        uint256 feeWei = reservation.reservationFeeNatWei;
        Payouts.reservationFee(agent, feeWei, feeWei.bips(reservation.poolFeeShareBIPS));
    }
}
