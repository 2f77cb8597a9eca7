// SPDX-License-Identifier: MIT
pragma solidity 0.8.27;

import {AgentInfo} from "@flarenetwork/flare-periphery-contracts/coston2/data/AgentInfo.sol";
import {CollateralType} from "@flarenetwork/flare-periphery-contracts/coston2/data/CollateralType.sol";
import {IAgentOwnerRegistry} from "@flarenetwork/flare-periphery-contracts/coston2/IAgentOwnerRegistry.sol";
import {Agent} from "./Types.sol";
import {Store} from "./Store.sol";

/// Finds agents, their owners and their kinds of collateral.
library Agents {
    error InvalidAgentVaultAddress();
    error AgentNotWhitelisted();
    error OnlyAgentVaultOwner();
    error OnlyCollateralPool();

    /// Any agent that was not destroyed.
    function get(address vault) internal view returns (Agent storage agent) {
        agent = getAny(vault);
        require(agent.status != AgentInfo.Status.DESTROYED, InvalidAgentVaultAddress());
    }

    function getAny(address vault) internal view returns (Agent storage agent) {
        agent = Store.get().agents[vault];
        require(agent.vault != address(0), InvalidAgentVaultAddress());
    }

    function getOwned(address vault) internal view returns (Agent storage agent) {
        agent = get(vault);
        requireOwner(agent);
    }

    function requireOwner(Agent storage agent) internal view {
        require(isOwner(agent, msg.sender), OnlyAgentVaultOwner());
    }

    function requireCollateralPool(Agent storage agent) internal view {
        require(msg.sender == address(agent.pool), OnlyCollateralPool());
    }

    function requireWhitelisted(address managementAddress) internal view {
        require(registry().isWhitelisted(managementAddress), AgentNotWhitelisted());
    }

    /// The management and the work address own the agent alike.
    function isOwner(Agent storage agent, address account) internal view returns (bool) {
        if (account == address(0)) return false;
        return account == agent.ownerManagementAddress || account == workAddress(agent);
    }

    function workAddress(Agent storage agent) internal view returns (address) {
        return registry().getWorkAddress(agent.ownerManagementAddress);
    }

    /// Where the owner's earnings go.
    function payAddress(Agent storage agent) internal view returns (address) {
        address work = workAddress(agent);
        return work != address(0) ? work : agent.ownerManagementAddress;
    }

    function vaultCollateral(Agent storage agent) internal view returns (CollateralType.Data storage) {
        return Store.get().collateralTypes[agent.vaultCollateralIndex];
    }

    function poolCollateral() internal view returns (CollateralType.Data storage) {
        return Store.get().collateralTypes[0];
    }

    function totalBackedAmg(Agent storage agent) internal view returns (uint256) {
        return agent.mintedAmg + agent.reservedAmg + agent.redeemingAmg;
    }

    function registry() internal view returns (IAgentOwnerRegistry) {
        return IAgentOwnerRegistry(Store.settings().agentOwnerRegistry);
    }
}
