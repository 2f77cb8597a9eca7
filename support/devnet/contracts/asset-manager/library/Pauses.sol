// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {EmergencyPause} from "@flarenetwork/flare-periphery-contracts/coston2/data/EmergencyPause.sol";
import {Pause, State} from "./Types.sol";
import {Store} from "./Store.sol";

/// The emergency pause in force: the stronger of two, each for its own time.
library Pauses {
    function level() internal view returns (EmergencyPause.Level) {
        State storage state = Store.get();
        EmergencyPause.Level external_ = levelOf(state.externalPause);
        EmergencyPause.Level governance = levelOf(state.governancePause);
        return governance > external_ ? governance : external_;
    }

    function levelOf(Pause storage pause) internal view returns (EmergencyPause.Level) {
        return pause.until > block.timestamp ? pause.level : EmergencyPause.Level.NONE;
    }

    function endOf(Pause storage pause) internal view returns (uint256) {
        return levelOf(pause) == EmergencyPause.Level.NONE ? 0 : pause.until;
    }
}
