// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {CollateralReservationInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralReservationInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {IConfirmedBlockHeightExists} from "@flarenetwork/flare-periphery-contracts/coston2/IConfirmedBlockHeightExists.sol";
import {IReferencedPaymentNonexistence} from "@flarenetwork/flare-periphery-contracts/coston2/IReferencedPaymentNonexistence.sol";
import {NativeTransfer} from "../../system/NativeTransfer.sol";
import {Agents} from "../library/Agents.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Payouts} from "../library/Payouts.sol";
import {Prices} from "../library/Prices.sol";
import {Proofs} from "../library/Proofs.sol";
import {References} from "../library/References.sol";
import {Reservations} from "../library/Reservations.sol";
import {Store} from "../library/Store.sol";
import {Agent, Reservation} from "../library/Types.sol";
import {Units} from "../library/Units.sol";

/// How a reservation ends without a minting. Only the agent can end it; the minter gets nothing back.
contract MintingDefaultFacet is Facet {
    using Agents for Agent;
    using Collateral for Collateral.Holding;
    using Math for uint256;
    using Units for uint256;

    error SourceAddressesNotSupported();
    error MintingNonPaymentMismatch();
    error MintingDefaultTooEarly();
    error MintingNonPaymentProofWindowTooShort();
    error CannotUnstickMintingYet();
    error NotEnoughFundsProvided();

    /// The minter did not pay in time: reservation fee and executor fee go to the agent and the pool.
    function mintingPaymentDefault(
        IReferencedPaymentNonexistence.Proof calldata proof,
        uint256 collateralReservationId
    ) external notFullyPaused nonReentrant {
        Reservation storage reservation = Reservations.getActive(collateralReservationId);
        require(!proof.data.requestBody.checkSourceAddresses, SourceAddressesNotSupported());
        Agent storage agent = Agents.get(reservation.agentVault);
        Agents.requireOwner(agent);
        Proofs.requireNonPayment(proof);
        _requireProves(proof, agent, reservation, collateralReservationId);
        emit IAssetManagerEvents.MintingPaymentDefault(
            agent.vault,
            reservation.minter,
            collateralReservationId,
            _reservedUba(reservation)
        );
        Reservations.release(agent, reservation, CollateralReservationInfo.Status.DEFAULTED);
        uint256 feeWei = reservation.reservationFeeNatWei + reservation.executorFeeNatWei;
        Payouts.reservationFee(agent, feeWei, feeWei.bips(reservation.poolFeeShareBIPS));
    }

    /// Nothing can be proven any more: all fees are burned, and the agent buys its reserved collateral for native coin,
    /// which is burned too.
    function unstickMinting(
        IConfirmedBlockHeightExists.Proof calldata proof,
        uint256 collateralReservationId
    ) external payable notFullyPaused nonReentrant {
        Reservation storage reservation = Reservations.getActive(collateralReservationId);
        Agent storage agent = Agents.get(reservation.agentVault);
        Agents.requireOwner(agent);
        Proofs.requireBlockHeight(proof);
        IConfirmedBlockHeightExists.ResponseBody calldata height = proof.data.responseBody;
        require(
            height.lowestQueryWindowBlockNumber > reservation.lastUnderlyingBlock &&
                height.lowestQueryWindowBlockTimestamp > reservation.lastUnderlyingTimestamp &&
                height.lowestQueryWindowBlockTimestamp + Store.settings().attestationWindowSeconds <=
                height.blockTimestamp,
            CannotUnstickMintingYet()
        );
        Payouts.burn(reservation.reservationFeeNatWei + reservation.executorFeeNatWei);
        uint256 burnedNatWei = _buyReservedCollateral(agent, reservation);
        emit IAssetManagerEvents.CollateralReservationDeleted(
            agent.vault,
            reservation.minter,
            collateralReservationId,
            _reservedUba(reservation)
        );
        Reservations.release(agent, reservation, CollateralReservationInfo.Status.EXPIRED);
        NativeTransfer.send(payable(msg.sender), msg.value - burnedNatWei);
    }

    function _requireProves(
        IReferencedPaymentNonexistence.Proof calldata proof,
        Agent storage agent,
        Reservation storage reservation,
        uint256 id
    ) private view {
        IReferencedPaymentNonexistence.RequestBody calldata asked = proof.data.requestBody;
        IReferencedPaymentNonexistence.ResponseBody calldata found = proof.data.responseBody;
        require(
            asked.standardPaymentReference == References.minting(id) &&
                asked.destinationAddressHash == agent.underlyingAddressHash &&
                asked.amount == reservation.valueAmg.uba() + reservation.underlyingFeeUba,
            MintingNonPaymentMismatch()
        );
        require(
            found.firstOverflowBlockNumber > reservation.lastUnderlyingBlock &&
                found.firstOverflowBlockTimestamp > reservation.lastUnderlyingTimestamp,
            MintingDefaultTooEarly()
        );
        require(
            asked.minimalBlockNumber <= reservation.firstUnderlyingBlock,
            MintingNonPaymentProofWindowTooShort()
        );
    }

    function _buyReservedCollateral(
        Agent storage agent,
        Reservation storage reservation
    ) private returns (uint256 burnedNatWei) {
        Collateral.Holding memory vault = Collateral.ofVault(agent);
        uint256 shareWei = (vault.fullWei * _reservedUba(reservation).amg()) / agent.totalBackedAmg();
        uint256 boughtWei = Math.min(Prices.tokenWei(reservation.valueAmg, vault.amgPrice), shareWei);
        uint256 natPrice = Prices.amgPrice(Agents.poolCollateral());
        burnedNatWei = boughtWei.mulDiv(natPrice, vault.amgPrice).bips(
            Store.settings().vaultCollateralBuyForFlareFactorBIPS
        );
        Payouts.fromVault(agent, agent.payAddress(), boughtWei);
        require(msg.value >= burnedNatWei, NotEnoughFundsProvided());
        Payouts.burn(burnedNatWei);
    }

    function _reservedUba(Reservation storage reservation) private view returns (uint256) {
        return reservation.valueAmg.uba() + Reservations.poolFeeUba(reservation);
    }
}
