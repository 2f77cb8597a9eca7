// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {CollateralReservationInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralReservationInfo.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {NativeTransfer} from "../../system/NativeTransfer.sol";
import {Agents} from "../library/Agents.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Prices} from "../library/Prices.sol";
import {References} from "../library/References.sol";
import {Reservations} from "../library/Reservations.sol";
import {Store} from "../library/Store.sol";
import {Agent, Reservation, State} from "../library/Types.sol";
import {Underlying} from "../library/Underlying.sol";
import {Units} from "../library/Units.sol";

/// The first step of minting: an agent's collateral is reserved against a fee in native coin.
contract ReservationFacet is Facet {
    using Collateral for Collateral.Holdings;
    using EnumerableSet for EnumerableSet.AddressSet;
    using Units for uint256;

    error MintingPaused();
    error AgentNotInMintQueue();
    error CannotMintZeroLots();
    error InvalidAgentStatus();
    error NotEnoughFreeCollateral();
    error AgentsFeeTooHigh();
    error InappropriateFeeAmount();

    function reserveCollateral(
        address agentVault,
        uint256 lots,
        uint256 maxMintingFeeBIPS,
        address payable executor
    ) external payable onlyAttached notPaused nonReentrant returns (uint256 _collateralReservationId) {
        Agent storage agent = Agents.get(agentVault);
        Agents.requireWhitelisted(agent.ownerManagementAddress);
        uint256 natPrice = _requireMintable(agent, lots);
        require(maxMintingFeeBIPS >= agent.feeBIPS, AgentsFeeTooHigh());
        uint256 valueAmg = lots.lotsAmg();
        uint256 reservedAmg = valueAmg + Reservations.currentPoolFeeUba(agent, valueAmg.uba()).amg();
        Reservations.requireBelowCap(reservedAmg);
        Reservations.lock(agent, reservedAmg);
        bool isPublic = agent.availablePosition != 0;
        uint256 feeWei = isPublic ? _reservationFee(valueAmg, natPrice) : 0;
        require(msg.value >= feeWei, InappropriateFeeAmount());
        _collateralReservationId = _store(agent, valueAmg, feeWei, executor);
        if (executor == address(0)) NativeTransfer.send(payable(msg.sender), msg.value - feeWei);
    }

    function collateralReservationFee(uint256 lots) external view returns (uint256 _reservationFeeNATWei) {
        return _reservationFee(lots.lotsAmg(), Prices.amgPrice(Agents.poolCollateral()));
    }

    function collateralReservationInfo(
        uint256 id
    ) external view returns (CollateralReservationInfo.Data memory info) {
        Reservation storage reservation = Reservations.get(id);
        info.collateralReservationId = uint64(id);
        info.agentVault = reservation.agentVault;
        info.minter = reservation.minter;
        info.paymentAddress = Agents.get(reservation.agentVault).underlyingAddress;
        info.paymentReference = References.minting(id);
        info.valueUBA = reservation.valueAmg.uba();
        info.mintingFeeUBA = uint128(reservation.underlyingFeeUba);
        info.reservationFeeNatWei = uint128(reservation.reservationFeeNatWei);
        info.poolFeeShareBIPS = uint16(reservation.poolFeeShareBIPS);
        info.firstUnderlyingBlock = uint64(reservation.firstUnderlyingBlock);
        info.lastUnderlyingBlock = uint64(reservation.lastUnderlyingBlock);
        info.lastUnderlyingTimestamp = uint64(reservation.lastUnderlyingTimestamp);
        info.executor = reservation.executor;
        info.executorFeeNatWei = reservation.executorFeeNatWei;
        info.status = reservation.status;
    }

    /// Returns the price of the asset in native coin, read before anything else is checked.
    function _requireMintable(Agent storage agent, uint256 lots) private view returns (uint256 natPrice) {
        Collateral.Holdings memory holdings = Collateral.all(agent);
        require(Store.get().mintingPausedAt == 0, MintingPaused());
        require(
            agent.availablePosition != 0 || agent.alwaysAllowedMinters.contains(msg.sender),
            AgentNotInMintQueue()
        );
        require(lots > 0, CannotMintZeroLots());
        require(agent.status == AgentInfo.Status.NORMAL, InvalidAgentStatus());
        require(holdings.freeLots(agent) >= lots, NotEnoughFreeCollateral());
        return holdings.pool.amgPrice;
    }

    /// bips(value in native coin without fees, reservation fee share); both steps round down.
    function _reservationFee(uint256 valueAmg, uint256 natPrice) private view returns (uint256) {
        return Prices.tokenWei(valueAmg, natPrice).bips(Store.settings().collateralReservationFeeBIPS);
    }

    function _store(
        Agent storage agent,
        uint256 valueAmg,
        uint256 feeWei,
        address executor
    ) private returns (uint256 id) {
        State storage state = Store.get();
        state.lastReservationId += References.randomIdStep();
        id = state.lastReservationId;
        Reservation storage reservation = state.reservations[id];
        reservation.agentVault = agent.vault;
        reservation.minter = msg.sender;
        reservation.valueAmg = valueAmg;
        reservation.underlyingFeeUba = valueAmg.uba().bips(agent.feeBIPS);
        reservation.poolFeeShareBIPS = agent.poolFeeShareBIPS;
        reservation.reservationFeeNatWei = feeWei;
        if (executor != address(0)) {
            reservation.executor = executor;
            reservation.executorFeeNatWei = (msg.value - feeWei).wholeGwei();
        }
        reservation.firstUnderlyingBlock = state.clock.blockNumber;
        (reservation.lastUnderlyingBlock, reservation.lastUnderlyingTimestamp) = Underlying.paymentDeadline(0);
        _emitReserved(id, reservation, agent.underlyingAddress);
    }

    function _emitReserved(uint256 id, Reservation memory reservation, string memory paymentAddress) private {
        emit IAssetManagerEvents.CollateralReserved(
            reservation.agentVault,
            reservation.minter,
            id,
            reservation.valueAmg.uba(),
            reservation.underlyingFeeUba,
            reservation.firstUnderlyingBlock,
            reservation.lastUnderlyingBlock,
            reservation.lastUnderlyingTimestamp,
            paymentAddress,
            References.minting(id),
            reservation.executor,
            reservation.executorFeeNatWei
        );
    }
}
