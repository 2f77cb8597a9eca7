// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {IRelay} from "@flarenetwork/flare-periphery-contracts/coston2/IRelay.sol";
import {Owned} from "./Owned.sol";

/**
 * Stand-in of Flare's Relay: voting rounds, Merkle roots, a random number. The owner writes the roots, where the real
 * one checks signatures; signing policies, fees and past random numbers are not there.
 */
contract Relay is IRelay, Owned {
    uint32 private immutable firstVotingRoundStartTs;
    uint8 private immutable votingEpochDurationSeconds;
    mapping(uint256 protocolId => mapping(uint256 votingRoundId => bytes32)) private roots;

    constructor(address _owner, uint32 _firstVotingRoundStartTs, uint8 _votingEpochDurationSeconds) Owned(_owner) {
        require(_votingEpochDurationSeconds > 0, "voting epoch of zero seconds");
        firstVotingRoundStartTs = _firstVotingRoundStartTs;
        votingEpochDurationSeconds = _votingEpochDurationSeconds;
    }

    /// Finalises a round; once, like the real one.
    function setMerkleRoot(uint8 _protocolId, uint32 _votingRoundId, bytes32 _merkleRoot) external onlyOwner {
        require(_merkleRoot != bytes32(0), "merkle root zero");
        require(roots[_protocolId][_votingRoundId] == bytes32(0), "already relayed");
        roots[_protocolId][_votingRoundId] = _merkleRoot;
        emit ProtocolMessageRelayed(_protocolId, _votingRoundId, false, _merkleRoot);
    }

    function verify(
        uint256 _protocolId,
        uint256 _votingRoundId,
        bytes32 _leaf,
        bytes32[] calldata _proof
    ) external payable returns (bool) {
        require(msg.value == 0, "no fee is due");
        return MerkleProof.verify(_proof, roots[_protocolId][_votingRoundId], _leaf);
    }

    function isFinalized(uint256 _protocolId, uint256 _votingRoundId) external view returns (bool) {
        return roots[_protocolId][_votingRoundId] != bytes32(0);
    }

    function merkleRoots(uint256 _protocolId, uint256 _votingRoundId) external view returns (bytes32) {
        return roots[_protocolId][_votingRoundId];
    }

    function getVotingRoundId(uint256 _timestamp) external view returns (uint256) {
        require(_timestamp >= firstVotingRoundStartTs, "before the start");
        return (_timestamp - firstVotingRoundStartTs) / votingEpochDurationSeconds;
    }

    /// From the block number alone, so that the same run draws the same numbers.
    function getRandomNumber()
        external
        view
        returns (uint256 _randomNumber, bool _isSecureRandom, uint256 _randomTimestamp)
    {
        return (uint256(keccak256(abi.encode(block.number))), true, block.timestamp);
    }

    function stateData()
        external
        view
        returns (
            uint8 randomNumberProtocolId,
            uint32 firstVotingRoundStart,
            uint8 votingEpochDuration,
            uint32 firstRewardEpochStartVotingRoundId,
            uint16 rewardEpochDurationInVotingEpochs,
            uint16 thresholdIncreaseBIPS,
            uint32 randomVotingRoundId,
            bool isSecureRandom,
            uint32 lastInitializedRewardEpoch,
            bool noSigningPolicyRelay,
            uint32 messageFinalizationWindowInRewardEpochs
        )
    {
        randomNumberProtocolId = 100;
        firstVotingRoundStart = firstVotingRoundStartTs;
        votingEpochDuration = votingEpochDurationSeconds;
        rewardEpochDurationInVotingEpochs = 240;
        thresholdIncreaseBIPS = 12000;
        isSecureRandom = true;
        noSigningPolicyRelay = true;
        messageFinalizationWindowInRewardEpochs = 30;
    }

    function signingPolicySetter() external view returns (address) {
        return owner;
    }

    function feeCollectionAddress() external pure returns (address payable) {
        return payable(address(0));
    }

    function protocolFeeInWei(uint256) external pure returns (uint256) {
        return 0;
    }

    function lastInitializedRewardEpochData() external pure returns (uint32, uint32) {
        return (0, 0);
    }

    function relay() external pure returns (bytes memory) {
        revert("not on the devnet");
    }

    function verifyCustomSignature(bytes calldata, bytes32) external pure returns (uint256) {
        revert("not on the devnet");
    }

    function governanceFeeSetup(bytes calldata, RelayGovernanceConfig calldata) external pure {
        revert("not on the devnet");
    }

    function toSigningPolicyHash(uint256) external pure returns (bytes32) {
        revert("not on the devnet");
    }

    function startingVotingRoundIds(uint256) external pure returns (uint256) {
        revert("not on the devnet");
    }

    function getRandomNumberHistorical(uint256) external pure returns (uint256, bool, uint256) {
        revert("not on the devnet");
    }
}
