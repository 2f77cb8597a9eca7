// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {CollateralReservationInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralReservationInfo.sol";
import {Store} from "./Store.sol";
import {Agent, Reservation, State} from "./Types.sol";
import {Units} from "./Units.sol";

/// What reserving, minting and minting defaults have in common. Records are never deleted.
library Reservations {
    using Units for uint256;

    error InvalidCrtId();
    error MintingCapExceeded();

    function get(uint256 id) internal view returns (Reservation storage reservation) {
        reservation = Store.get().reservations[id];
        require(reservation.valueAmg != 0, InvalidCrtId());
    }

    function getActive(uint256 id) internal view returns (Reservation storage reservation) {
        reservation = get(id);
        require(reservation.status == CollateralReservationInfo.Status.ACTIVE, InvalidCrtId());
    }

    /// The pool's part of a minting fee, in whole AMG.
    function poolFeeUba(uint256 mintingFeeUba, uint256 poolFeeShareBips) internal view returns (uint256) {
        return mintingFeeUba.bips(poolFeeShareBips).wholeAmgUba();
    }

    function poolFeeUba(Reservation storage reservation) internal view returns (uint256) {
        return poolFeeUba(reservation.underlyingFeeUba, reservation.poolFeeShareBIPS);
    }

    /// The pool fee of a minting at the agent's present fee.
    function currentPoolFeeUba(Agent storage agent, uint256 valueUba) internal view returns (uint256) {
        return poolFeeUba(valueUba.bips(agent.feeBIPS), agent.poolFeeShareBIPS);
    }

    function requireBelowCap(uint256 increaseAmg) internal view {
        State storage state = Store.get();
        uint256 capAmg = state.settings.mintingCapAMG;
        if (capAmg == 0) return;
        uint256 totalAmg = state.totalReservedAmg + Store.fAsset().totalSupply().amg();
        require(totalAmg + increaseAmg <= capAmg, MintingCapExceeded());
    }

    function lock(Agent storage agent, uint256 amountAmg) internal {
        agent.reservedAmg += amountAmg;
        Store.get().totalReservedAmg += amountAmg;
    }

    function release(
        Agent storage agent,
        Reservation storage reservation,
        CollateralReservationInfo.Status status
    ) internal {
        uint256 amountAmg = reservation.valueAmg + poolFeeUba(reservation).amg();
        agent.reservedAmg -= amountAmg;
        Store.get().totalReservedAmg -= amountAmg;
        reservation.status = status;
    }
}
