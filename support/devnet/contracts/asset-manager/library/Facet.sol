// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {Agents} from "./Agents.sol";
import {Pauses} from "./Pauses.sol";
import {State} from "./Types.sol";
import {Store} from "./Store.sol";

/// What guards the functions of every facet.
abstract contract Facet {
    error NotAttached();
    error EmergencyPauseActive();
    error OnlyGovernance();
    error OnlyAssetManagerController();
    error ReentrancyGuardReentrantCall();

    modifier onlyAttached() {
        require(Store.get().attached, NotAttached());
        _;
    }

    /// Blocks what begins something new: reservations, redemptions.
    modifier notPaused() {
        _requireLevelBelow(EmergencyPause.Level.START_OPERATIONS);
        _;
    }

    /// Blocks also what ends something begun: execution, confirmation, default.
    modifier notFullyPaused() {
        _requireLevelBelow(EmergencyPause.Level.FULL);
        _;
    }

    modifier onlyAgentOwner(address agentVault) {
        Agents.getOwned(agentVault);
        _;
    }

    modifier onlyAssetManagerController() {
        require(msg.sender == Store.settings().assetManagerController, OnlyAssetManagerController());
        _;
    }

    modifier onlyGovernance() {
        require(msg.sender == Store.get().governance, OnlyGovernance());
        _;
    }

    modifier nonReentrant() {
        State storage state = Store.get();
        require(!state.entered, ReentrancyGuardReentrantCall());
        state.entered = true;
        _;
        state.entered = false;
    }

    function _requireLevelBelow(EmergencyPause.Level level) private view {
        require(Pauses.level() < level, EmergencyPauseActive());
    }
}
