// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {AssetManagerSettings} from "@flarenetwork/flare-periphery-contracts/coston2/data/AssetManagerSettings.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Agents} from "../library/Agents.sol";
import {AgentTerms} from "../library/AgentTerms.sol";
import {Facet} from "../library/Facet.sol";
import {Store} from "../library/Store.sol";
import {Agent, PendingSetting} from "../library/Types.sol";

/// An agent changes one of its terms: announced, then executed within a window after a timelock.
contract AgentSettingsFacet is Facet {
    using AgentTerms for Agent;

    bytes32 private constant FEE = keccak256("feeBIPS");
    bytes32 private constant POOL_FEE_SHARE = keccak256("poolFeeShareBIPS");
    bytes32 private constant REDEMPTION_POOL_FEE_SHARE = keccak256("redemptionPoolFeeShareBIPS");
    bytes32 private constant BUY_FACTOR = keccak256("buyFAssetByAgentFactorBIPS");
    bytes32 private constant MINTING_VAULT_RATIO = keccak256("mintingVaultCollateralRatioBIPS");
    bytes32 private constant MINTING_POOL_RATIO = keccak256("mintingPoolCollateralRatioBIPS");
    bytes32 private constant POOL_EXIT_RATIO = keccak256("poolExitCollateralRatioBIPS");

    error InvalidSettingName();
    error NoPendingUpdate();
    error UpdateNotValidYet();
    error UpdateNotValidAnymore();

    function announceAgentSettingUpdate(
        address agentVault,
        string memory name,
        uint256 value
    ) external onlyAgentOwner(agentVault) returns (uint256 _updateAllowedAt) {
        bytes32 key = keccak256(bytes(name));
        _updateAllowedAt = block.timestamp + _timelockS(key);
        uint256 stored = SafeCast.toUint128(value);
        Agents.get(agentVault).pendingSettings[key] = PendingSetting(stored, _updateAllowedAt);
        emit IAssetManagerEvents.AgentSettingChangeAnnounced(agentVault, name, value, _updateAllowedAt);
    }

    function executeAgentSettingUpdate(address agentVault, string memory name) external onlyAgentOwner(agentVault) {
        bytes32 key = keccak256(bytes(name));
        _timelockS(key); // reverts for an unknown name
        Agent storage agent = Agents.get(agentVault);
        PendingSetting memory pending = agent.pendingSettings[key];
        require(pending.validAt != 0, NoPendingUpdate());
        require(pending.validAt <= block.timestamp, UpdateNotValidYet());
        uint256 windowS = Store.settings().agentTimelockedOperationWindowSeconds;
        require(pending.validAt + windowS >= block.timestamp, UpdateNotValidAnymore());
        _set(agent, key, pending.value);
        emit IAssetManagerEvents.AgentSettingChanged(agentVault, name, pending.value);
        delete agent.pendingSettings[key];
    }

    function getAgentSetting(address agentVault, string memory name) external view returns (uint256) {
        Agent storage agent = Agents.get(agentVault);
        bytes32 key = keccak256(bytes(name));
        if (key == FEE) return agent.feeBIPS;
        if (key == POOL_FEE_SHARE) return agent.poolFeeShareBIPS;
        if (key == REDEMPTION_POOL_FEE_SHARE) return agent.redemptionPoolFeeShareBIPS;
        if (key == BUY_FACTOR) return agent.buyFAssetByAgentFactorBIPS;
        if (key == MINTING_VAULT_RATIO) return agent.mintingVaultCollateralRatioBIPS;
        if (key == MINTING_POOL_RATIO) return agent.mintingPoolCollateralRatioBIPS;
        if (key == POOL_EXIT_RATIO) return agent.pool.exitCollateralRatioBIPS();
        revert InvalidSettingName();
    }

    function _set(Agent storage agent, bytes32 key, uint256 value) private {
        if (key == FEE) agent.setFee(value);
        else if (key == POOL_FEE_SHARE) agent.setPoolFeeShare(value);
        else if (key == REDEMPTION_POOL_FEE_SHARE) agent.setRedemptionPoolFeeShare(value);
        else if (key == BUY_FACTOR) agent.setBuyFactor(value);
        else if (key == MINTING_VAULT_RATIO) agent.setMintingVaultRatio(value);
        else if (key == MINTING_POOL_RATIO) agent.setMintingPoolRatio(value);
        else agent.setPoolExitRatio(value);
    }

    function _timelockS(bytes32 key) private view returns (uint256) {
        AssetManagerSettings.Data storage settings = Store.settings();
        if (key == FEE || key == POOL_FEE_SHARE || key == REDEMPTION_POOL_FEE_SHARE || key == BUY_FACTOR) {
            return settings.agentFeeChangeTimelockSeconds;
        }
        if (key == MINTING_VAULT_RATIO || key == MINTING_POOL_RATIO) {
            return settings.agentMintingCRChangeTimelockSeconds;
        }
        if (key == POOL_EXIT_RATIO) return settings.poolExitCRChangeTimelockSeconds;
        revert InvalidSettingName();
    }
}
