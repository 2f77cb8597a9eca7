// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

/**
 * Stand-in of Flare's FlareSystemsManager: the three views from which clients compute a voting round.
 */
contract FlareSystemsManager {
    uint64 public immutable firstVotingRoundStartTs;
    uint64 public immutable votingEpochDurationSeconds;

    constructor(uint64 _firstVotingRoundStartTs, uint64 _votingEpochDurationSeconds) {
        firstVotingRoundStartTs = _firstVotingRoundStartTs;
        votingEpochDurationSeconds = _votingEpochDurationSeconds;
    }

    function getCurrentVotingEpochId() external view returns (uint32) {
        return uint32((block.timestamp - firstVotingRoundStartTs) / votingEpochDurationSeconds);
    }
}
