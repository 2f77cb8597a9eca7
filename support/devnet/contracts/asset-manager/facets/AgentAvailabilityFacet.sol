// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {AvailableAgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AvailableAgentInfo.sol";
import {IAgentPing} from "@flarenetwork/flare-periphery-contracts/coston2/IAgentPing.sol";
import {IAssetManagerEvents} from "@flarenetwork/flare-periphery-contracts/coston2/IAssetManagerEvents.sol";
import {Agents} from "../library/Agents.sol";
import {Collateral} from "../library/Collateral.sol";
import {Facet} from "../library/Facet.sol";
import {Store} from "../library/Store.sol";
import {Agent, State} from "../library/Types.sol";

/// The list of agents open to everybody, who else may mint with an agent, and asking an agent whether it is there.
contract AgentAvailabilityFacet is Facet {
    using Collateral for Collateral.Holdings;
    using EnumerableSet for EnumerableSet.AddressSet;

    error InvalidAgentStatus();
    error AgentAlreadyAvailable();
    error AgentNotAvailable();
    error NotEnoughFreeCollateral();
    error ExitNotAnnounced();
    error ExitTooSoon();
    error ExitTooLate();

    function makeAgentAvailable(address agentVault) external notPaused onlyAgentOwner(agentVault) {
        State storage state = Store.get();
        Agent storage agent = Agents.get(agentVault);
        require(agent.status == AgentInfo.Status.NORMAL, InvalidAgentStatus());
        require(agent.availablePosition == 0, AgentAlreadyAvailable());
        uint256 freeLots = Collateral.all(agent).freeLots(agent);
        require(freeLots >= 1, NotEnoughFreeCollateral());
        state.availableAgents.push(agentVault);
        agent.availablePosition = state.availableAgents.length;
        emit IAssetManagerEvents.AgentAvailable(
            agentVault,
            agent.feeBIPS,
            agent.mintingVaultCollateralRatioBIPS,
            agent.mintingPoolCollateralRatioBIPS,
            freeLots
        );
    }

    function announceExitAvailableAgentList(
        address agentVault
    ) external notPaused onlyAgentOwner(agentVault) returns (uint256 _exitAllowedAt) {
        Agent storage agent = Agents.get(agentVault);
        require(agent.availablePosition != 0, AgentNotAvailable());
        _exitAllowedAt = block.timestamp + Store.settings().agentExitAvailableTimelockSeconds;
        agent.exitAvailableAfter = _exitAllowedAt;
        emit IAssetManagerEvents.AvailableAgentExitAnnounced(agentVault, _exitAllowedAt);
    }

    /// The last agent of the list takes the leaver's place.
    function exitAvailableAgentList(address agentVault) external notFullyPaused onlyAgentOwner(agentVault) {
        State storage state = Store.get();
        Agent storage agent = Agents.get(agentVault);
        require(agent.availablePosition != 0, AgentNotAvailable());
        require(agent.exitAvailableAfter != 0, ExitNotAnnounced());
        require(block.timestamp >= agent.exitAvailableAfter, ExitTooSoon());
        uint256 windowS = state.settings.agentTimelockedOperationWindowSeconds;
        require(block.timestamp <= agent.exitAvailableAfter + windowS, ExitTooLate());
        address last = state.availableAgents[state.availableAgents.length - 1];
        state.availableAgents[agent.availablePosition - 1] = last;
        state.agents[last].availablePosition = agent.availablePosition;
        state.availableAgents.pop();
        agent.availablePosition = 0;
        agent.exitAvailableAfter = 0;
        emit IAssetManagerEvents.AvailableAgentExited(agentVault);
    }

    /// Indices start to end − 1.
    function getAvailableAgentsList(
        uint256 start,
        uint256 end
    ) external view returns (address[] memory _agents, uint256 _totalLength) {
        return _page(Store.get().availableAgents, start, end);
    }

    function getAllAgents(
        uint256 start,
        uint256 end
    ) external view returns (address[] memory _agents, uint256 _totalLength) {
        return _page(Store.get().allAgents, start, end);
    }

    function getAvailableAgentsDetailedList(
        uint256 start,
        uint256 end
    ) external view returns (AvailableAgentInfo.Data[] memory _agents, uint256 _totalLength) {
        address[] memory vaults;
        (vaults, _totalLength) = _page(Store.get().availableAgents, start, end);
        _agents = new AvailableAgentInfo.Data[](vaults.length);
        for (uint256 i = 0; i < vaults.length; i++) {
            Agent storage agent = Store.get().agents[vaults[i]];
            _agents[i].agentVault = vaults[i];
            _agents[i].ownerManagementAddress = agent.ownerManagementAddress;
            _agents[i].feeBIPS = agent.feeBIPS;
            (_agents[i].mintingVaultCollateralRatioBIPS, ) = Collateral.ratiosBips(agent, Collateral.Kind.VAULT);
            (_agents[i].mintingPoolCollateralRatioBIPS, ) = Collateral.ratiosBips(agent, Collateral.Kind.POOL);
            _agents[i].freeCollateralLots = Collateral.all(agent).freeLots(agent);
            _agents[i].status = agent.status;
        }
    }

    function addAlwaysAllowedMinterForAgent(address agentVault, address minter) external onlyAgentOwner(agentVault) {
        Agents.get(agentVault).alwaysAllowedMinters.add(minter);
    }

    function removeAlwaysAllowedMinterForAgent(
        address agentVault,
        address minter
    ) external onlyAgentOwner(agentVault) {
        Agents.get(agentVault).alwaysAllowedMinters.remove(minter);
    }

    function alwaysAllowedMintersForAgent(address agentVault) external view returns (address[] memory) {
        return Agents.get(agentVault).alwaysAllowedMinters.values();
    }

    function agentPing(address agentVault, uint256 query) external {
        emit IAgentPing.AgentPing(agentVault, msg.sender, query);
    }

    function agentPingResponse(
        address agentVault,
        uint256 query,
        string memory response
    ) external onlyAgentOwner(agentVault) {
        address owner = Agents.get(agentVault).ownerManagementAddress;
        emit IAgentPing.AgentPingResponse(agentVault, owner, query, response);
    }

    function _page(
        address[] storage list,
        uint256 start,
        uint256 end
    ) private view returns (address[] memory page, uint256 totalLength) {
        totalLength = list.length;
        end = Math.min(end, totalLength);
        start = Math.min(start, end);
        page = new address[](end - start);
        for (uint256 i = start; i < end; i++) page[i - start] = list[i];
    }
}
