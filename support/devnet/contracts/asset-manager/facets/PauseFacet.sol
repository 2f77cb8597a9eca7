// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Facet} from "../library/Facet.sol";
import {Pauses} from "../library/Pauses.sol";
import {Store} from "../library/Store.sol";
import {Pause, State} from "../library/Types.sol";

/// Stops the system in an emergency, or minting alone. The total length of external pauses is not limited here.
contract PauseFacet is Facet {
    error InconsistentLevelAndDuration();

    /// Level NONE with duration 0 ends a pause.
    function emergencyPause(
        EmergencyPause.Level level,
        bool byGovernance,
        uint256 durationS
    ) external onlyAssetManagerController {
        require((level == EmergencyPause.Level.NONE) == (durationS == 0), InconsistentLevelAndDuration());
        State storage state = Store.get();
        Pause memory pause = Pause(level, block.timestamp + durationS);
        if (byGovernance) state.governancePause = pause;
        else state.externalPause = pause;
        if (Pauses.level() == EmergencyPause.Level.NONE) {
            emit IAssetManagerEvents.EmergencyPauseCanceled();
        } else {
            emit IAssetManagerEvents.EmergencyPauseTriggered(
                Pauses.levelOf(state.externalPause),
                Pauses.endOf(state.externalPause),
                Pauses.levelOf(state.governancePause),
                Pauses.endOf(state.governancePause)
            );
        }
    }

    /// Blocks new reservations and self mints; what is reserved can still be executed.
    function pauseMinting() external onlyAssetManagerController {
        if (Store.get().mintingPausedAt != 0) return;
        Store.get().mintingPausedAt = block.timestamp;
        emit IAssetManagerEvents.MintingPaused(true);
    }

    function unpauseMinting() external onlyAssetManagerController {
        if (Store.get().mintingPausedAt == 0) return;
        Store.get().mintingPausedAt = 0;
        emit IAssetManagerEvents.MintingPaused(false);
    }

    function mintingPaused() external view returns (bool) {
        return Store.get().mintingPausedAt != 0;
    }

    function emergencyPaused() external view returns (bool) {
        return Pauses.level() != EmergencyPause.Level.NONE;
    }

    function emergencyPauseLevel() external view returns (EmergencyPause.Level) {
        return Pauses.level();
    }

    function emergencyPausedUntil() external view returns (uint256) {
        State storage state = Store.get();
        return Math.max(Pauses.endOf(state.externalPause), Pauses.endOf(state.governancePause));
    }
}
